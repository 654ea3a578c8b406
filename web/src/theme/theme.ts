import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver, rem } from '@mantine/core'
import { DARK, GRAY, PRIMARY, RED, type Scheme, SERIES, STATUS, STATUS_TOKENS, SURFACES } from './tokens.ts'

const TEXT_FONT = "'Inter Variable', 'Inter Fallback', system-ui, -apple-system, 'Segoe UI', sans-serif"
const CODE_FONT = "'JetBrains Mono Variable', ui-monospace, 'SF Mono', Menlo, Consolas, monospace"

/** Short motion only; `respectReducedMotion` removes it where the system asks. */
const QUICK = { duration: 120 }

/** The one theme. Heights follow the density switch through `--ts-control`, see `global.css`. */
export const theme = createTheme({
  primaryColor: 'primary',
  primaryShade: { light: 6, dark: 6 },
  colors: { primary: PRIMARY, gray: GRAY, dark: DARK, red: RED },
  white: '#ffffff',
  black: SURFACES.light.text,
  fontFamily: TEXT_FONT,
  fontFamilyMonospace: CODE_FONT,
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(15), lg: rem(17), xl: rem(20) },
  lineHeights: { xs: '1.35', sm: '1.35', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: rem(4), sm: rem(8), md: rem(16), lg: rem(24), xl: rem(40) },
  radius: { xs: rem(3), sm: rem(5), md: rem(8), lg: rem(12), xl: rem(16) },
  defaultRadius: 'sm',
  headings: {
    fontFamily: TEXT_FONT,
    fontWeight: '620',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: rem(24), lineHeight: '1.25' },
      h2: { fontSize: rem(18), lineHeight: '1.35' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
      h4: { fontSize: rem(14), lineHeight: '1.4' },
      h5: { fontSize: rem(13), lineHeight: '1.4' },
      h6: { fontSize: rem(12), lineHeight: '1.4' },
    },
  },
  shadows: {
    xs: '0 1px 2px rgb(40 32 20 / 6%)',
    sm: '0 1px 3px rgb(40 32 20 / 8%)',
    md: '0 4px 16px rgb(40 32 20 / 10%)',
    lg: '0 8px 28px rgb(40 32 20 / 14%)',
    xl: '0 16px 48px rgb(40 32 20 / 18%)',
  },
  breakpoints: { xs: '36em', sm: '48em', md: '56.25em', lg: '75em', xl: '90em' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input)
    const isPlain = input.color === undefined || input.color === 'primary'
    if (input.variant === 'default') return { ...colours, border: '1px solid var(--ts-line-control)' }
    if (input.variant !== 'subtle') return colours
    if (input.color === 'gray') return { ...colours, color: 'var(--ts-text-dim)', hover: 'var(--ts-hover)' }
    return isPlain ? { ...colours, color: 'var(--ts-link)', hover: 'var(--ts-hover)' } : colours
  },
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Button: { defaultProps: { size: 'sm' } },
    Drawer: { defaultProps: { transitionProps: QUICK, closeButtonProps: { 'aria-label': 'Close' } } },
    Input: { defaultProps: { size: 'sm' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Menu: { defaultProps: { transitionProps: QUICK, shadow: 'md', position: 'bottom-end' } },
    Modal: {
      defaultProps: {
        transitionProps: QUICK,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Popover: { defaultProps: { transitionProps: QUICK, shadow: 'md' } },
    Select: { defaultProps: { checkIconPosition: 'right' } },
    Tooltip: {
      defaultProps: {
        events: { hover: true, focus: true, touch: false },
        openDelay: 350,
        transitionProps: QUICK,
        withArrow: false,
        multiline: true,
      },
    },
  },
})

function schemeVariables(scheme: Scheme): Record<`--${string}`, string> {
  const surface = SURFACES[scheme]
  const variables: Record<`--${string}`, string> = {
    '--mantine-color-body': surface.panel,
    '--mantine-color-text': surface.text,
    '--mantine-color-bright': surface.text,
    '--mantine-color-dimmed': surface['text-dim'],
    '--mantine-color-placeholder': surface['text-dim'],
    '--mantine-color-anchor': surface.link,
    '--mantine-color-error': surface.danger,
    '--mantine-color-default': surface.panel,
    '--mantine-color-default-color': surface.text,
    '--mantine-color-default-hover': surface.hover,
    '--mantine-color-default-border': surface.line,
    '--mantine-color-disabled': surface.sunken,
    '--mantine-color-disabled-color': surface['text-dim'],
    '--mantine-color-disabled-border': surface.line,
  }
  for (const [name, colour] of Object.entries(surface)) variables[`--ts-${name}`] = colour
  for (const token of STATUS_TOKENS) {
    for (const [part, colour] of Object.entries(STATUS[token][scheme])) {
      variables[`--ts-${token}-${part}`] = colour
    }
  }
  SERIES[scheme].forEach((colour, index) => {
    variables[`--ts-series-${index + 1}`] = colour
  })
  return variables
}

/** Makes the tokens available to style sheets as `--ts-<token>` and points Mantine's own names at them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables('light'),
  dark: schemeVariables('dark'),
})
