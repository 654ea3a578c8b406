/**
 * Every colour of the application, for both schemes. Pages and components use the CSS variables made from
 * them (`--ts-…`), never a colour of their own. `tokens.test.ts` computes the contrasts and the distances
 * seen by people with protan, deutan and tritan vision.
 */

export type Scheme = 'light' | 'dark'

/** The nine states of everything that has a state. */
export const STATUS_TOKENS = ['ok', 'warn', 'act', 'none', 'todo', 'late', 'debt', 'void', 'unknown'] as const
export type StatusToken = (typeof STATUS_TOKENS)[number]

type Shades = readonly [string, string, string, string, string, string, string, string, string, string]

/** Calm blue-teal. */
export const PRIMARY: Shades = [
  '#eef9fb',
  '#d7f1f6',
  '#b4e3ec',
  '#8bcddb',
  '#5fb3c4',
  '#3395a6',
  '#0b798a',
  '#076675',
  '#05515d',
  '#053d46',
]

/** Greys with a trace of warmth. */
export const GRAY: Shades = [
  '#fbfaf8',
  '#f6f4f1',
  '#ebe9e6',
  '#e0ddda',
  '#d0cdc9',
  '#a8a49e',
  '#6f6b65',
  '#5e5a55',
  '#403d38',
  '#292622',
]

/** The same greys as seen in the dark scheme: 0 is text, 7 the page. */
export const DARK: Shades = [
  '#e6e4e1',
  '#cdcac6',
  '#aba7a2',
  '#8a8781',
  '#504c48',
  '#403d39',
  '#302d2a',
  '#1c1a18',
  '#161412',
  '#100f0d',
]

/** Refusals and dangerous actions. */
export const RED: Shades = [
  '#fff1ee',
  '#ffe0da',
  '#ffc2b8',
  '#f79d90',
  '#e8776a',
  '#d14f43',
  '#ba362e',
  '#982d25',
  '#79241d',
  '#5c1c16',
]

/** What the surfaces and lines of a page are made of. */
export type SurfaceToken =
  | 'page'
  | 'panel'
  | 'raised'
  | 'sunken'
  | 'hover'
  | 'selected'
  | 'line'
  | 'line-strong'
  | 'text'
  | 'text-dim'
  | 'link'
  | 'focus'
  | 'danger'

export const SURFACES: Record<Scheme, Record<SurfaceToken, string>> = {
  light: {
    page: '#fbfaf8',
    panel: '#ffffff',
    raised: '#ffffff',
    sunken: '#f4f2ef',
    hover: '#f5f3f0',
    selected: '#e9f5f7',
    line: '#e5e2de',
    'line-strong': '#8f8a83',
    text: '#23201d',
    'text-dim': '#66615b',
    link: '#076675',
    focus: '#0b798a',
    danger: '#ad3029',
  },
  dark: {
    page: '#1c1a18',
    panel: '#242220',
    raised: '#2e2b28',
    sunken: '#171513',
    hover: '#2c2a27',
    selected: '#17363b',
    line: '#393632',
    'line-strong': '#7d7974',
    text: '#e8e6e3',
    'text-dim': '#aba7a2',
    link: '#6fc0d0',
    focus: '#5fb3c4',
    danger: '#f5968a',
  },
}

/** `text` on `soft`; `mark` for icons, cells and lines of charts; `line` around `soft`. */
export interface StatusColours {
  readonly text: string
  readonly mark: string
  readonly soft: string
  readonly line: string
}

const NEUTRAL: Record<Scheme, StatusColours> = {
  light: { text: '#5b5752', mark: '#76716a', soft: '#f1f0ee', line: '#d6d4d0' },
  dark: { text: '#bab7b2', mark: '#a09c96', soft: '#2f2d2b', line: '#494744' },
}

export const STATUS: Record<StatusToken, Record<Scheme, StatusColours>> = {
  ok: {
    light: { text: '#07644a', mark: '#14886b', soft: '#e4f5ed', line: '#b2dfcc' },
    dark: { text: '#9adac0', mark: '#5cc8a7', soft: '#15312a', line: '#2b5044' },
  },
  warn: {
    light: { text: '#7d5200', mark: '#b77c10', soft: '#fdf4e4', line: '#ead0ac' },
    dark: { text: '#eecb97', mark: '#f1bf5b', soft: '#372813', line: '#594323' },
  },
  act: {
    light: { text: '#982d25', mark: '#b12822', soft: '#ffeae6', line: '#ffc2b8' },
    dark: { text: '#ffafa2', mark: '#e5665a', soft: '#43201c', line: '#6b3630' },
  },
  todo: {
    light: { text: '#245b8e', mark: '#3275b4', soft: '#e7f2fd', line: '#bad8f7' },
    dark: { text: '#a4cffc', mark: '#6baae9', soft: '#1c2d3e', line: '#314a64' },
  },
  late: {
    light: { text: '#7f3b72', mark: '#9a4687', soft: '#fbebf7', line: '#efc5e5' },
    dark: { text: '#f0b4e2', mark: '#d783c5', soft: '#392334', line: '#5d3a55' },
  },
  debt: {
    light: { text: '#575080', mark: '#7168a3', soft: '#f0effc', line: '#d3d0ee' },
    dark: { text: '#c9c5ef', mark: '#a39cd7', soft: '#2b2939', line: '#47445c' },
  },
  none: NEUTRAL,
  void: NEUTRAL,
  unknown: NEUTRAL,
}

/** Colours of several series in one chart, in this order; told apart by dash and marker as well. */
export const SERIES: Record<Scheme, readonly string[]> = {
  light: ['#0b798a', '#b3541e', '#5a4fa0', '#54720f', '#a8326f', '#6b6259'],
  dark: ['#5fb3c4', '#e59a66', '#a79df0', '#a9c25f', '#ea89bb', '#b8b0a6'],
}
