/** The words of the wire for what a parameter holds. */
export type ParameterKind =
  | 'date'
  | 'integer'
  | 'multiple_choice_with_defaults'
  | 'multiple_choice_without_defaults'
  | 'multiple_choice_with_addition'
  | 'password'
  | 'single_choice'
  | 'string'
  | 'url'

/** Where the choices are the names of what the catalogue itself holds. */
export type CatalogueNames = 'metric-names' | 'source-names'
export const METRIC_NAMES: CatalogueNames = 'metric-names'
export const SOURCE_NAMES: CatalogueNames = 'source-names'

/** One setting of a source. */
export type Parameter = {
  readonly kind: ParameterKind
  /** shown; made from the key unless given */
  readonly name?: string
  readonly mandatory: boolean
  /** of a new source; where everything is chosen by default it is empty, which means all */
  readonly value: string | readonly string[]
  readonly unit?: string
  /** metrics that use it; all of the source unless given */
  readonly metrics?: readonly string[]
  readonly values?: readonly string[] | CatalogueNames
  /** what the source calls a shown value, where that differs */
  readonly apiValues?: Readonly<Record<string, string>>
  /** keys of other parameters whose change may make this address reachable */
  readonly validateOn?: readonly string[]
  /** where a token is tried out, below the address */
  readonly checkPath?: string
}

type Options = {
  readonly name?: string
  readonly mandatory?: boolean
  readonly metrics?: readonly string[]
  readonly unit?: string
  readonly checkPath?: string
}
type TextOptions = Options & { readonly value?: string }
type Choices = readonly string[] | Readonly<Record<string, string>> | CatalogueNames

function parameter(kind: ParameterKind, value: string | readonly string[], options: Options): Parameter {
  return { mandatory: false, ...options, kind, value }
}

export function text({ value = '', ...options }: TextOptions = {}): Parameter {
  return parameter('string', value, options)
}

export function integer({ value = '0', ...options }: TextOptions = {}): Parameter {
  return parameter('integer', value, options)
}

/** A secret: stored sealed, never shown, never searched. */
export function secret(options: Options = {}): Parameter {
  return parameter('password', '', options)
}

const CREDENTIALS = ['username', 'password', 'private_token']

export function url(options: Options = {}): Parameter {
  return { ...parameter('url', '', options), validateOn: CREDENTIALS }
}

/** A day; empty stands for the day on which the source is made. */
export function date(options: Options = {}): Parameter {
  return parameter('date', '', options)
}

/** Texts, or regular expressions, that people write. */
export function list(options: Options = {}): Parameter {
  return parameter('multiple_choice_with_addition', [], options)
}

/** One of several; the first unless a value is given. */
export function choice(choices: Choices, { value, ...options }: TextOptions = {}): Parameter {
  const made = withChoices('single_choice', choices, '', options)
  return { ...made, value: value ?? (Array.isArray(made.values) ? (made.values[0] ?? '') : '') }
}

/** Several, where none chosen means the default values: all, unless others are given. */
export function multiple(
  choices: Choices,
  { value = [], ...options }: Options & { readonly value?: readonly string[] } = {},
): Parameter {
  return withChoices('multiple_choice_with_defaults', choices, value, options)
}

/** Several, where none chosen means none. */
export function multipleNone(choices: Choices, options: Options = {}): Parameter {
  return withChoices('multiple_choice_without_defaults', choices, [], options)
}

function withChoices(
  kind: ParameterKind,
  choices: Choices,
  value: string | readonly string[],
  options: Options,
): Parameter {
  const made = parameter(kind, value, options)
  if (typeof choices === 'string') return { ...made, values: choices }
  if (isList(choices)) return { ...made, values: choices }
  return { ...made, values: Object.keys(choices), apiValues: choices }
}

function isList(choices: readonly string[] | Readonly<Record<string, string>>): choices is readonly string[] {
  return Array.isArray(choices)
}

const STANDARD: Readonly<Record<string, Parameter>> = {
  url: url({ name: 'URL' }),
  landing_url: text({ name: 'URL for people' }),
  username: text({ name: 'User name' }),
  password: secret({ name: 'Password' }),
  private_token: secret({ name: 'Private token' }),
}

/** Where a source is and how one logs in there, by key; `*` marks what must be filled in. */
export function standard(keys: readonly string[]): Readonly<Record<string, Parameter>> {
  return Object.fromEntries(
    keys.map((marked) => {
      const key = marked.replace('*', '')
      const found = STANDARD[key]
      if (!found) throw new Error(`There is no standard parameter ${key}.`)
      return [key, { ...found, mandatory: marked.endsWith('*') }]
    }),
  )
}

/** The parameters that say where a source is; they are shown together and can be changed everywhere at once. */
export const LOCATION_KEYS: readonly string[] = [
  'url',
  'landing_url',
  'details_url',
  'username',
  'password',
  'private_token',
]
