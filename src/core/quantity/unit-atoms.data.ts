/** Exponents of length, mass, time, current, temperature, amount of substance, luminous intensity. */
export type Dimension = readonly [number, number, number, number, number, number, number]

/** How a unit reads: by a factor to its SI base units, as points of a scale, logarithmically, or not at all. */
export type AtomScale =
  | { readonly kind: 'ratio'; readonly factor: number }
  /** K = (value + offset) · factor */
  | { readonly kind: 'affine'; readonly factor: number; readonly offset: number }
  | { readonly kind: 'logarithmic'; readonly factor: number }
  | { readonly kind: 'arbitrary' }

export type UnitAtom = {
  readonly code: string
  readonly dimension: Dimension
  readonly scale: AtomScale
  /** takes prefixes such as `m` and `k` */
  readonly metric: boolean
  /** how people write it */
  readonly symbol?: string
}

const NONE: Dimension = [0, 0, 0, 0, 0, 0, 0]

function ratio(code: string, dimension: Dimension, factor: number, metric: boolean, symbol?: string): UnitAtom {
  const atom = { code, dimension, scale: { kind: 'ratio', factor }, metric } as const
  return symbol === undefined ? atom : { ...atom, symbol }
}

const LENGTH: Dimension = [1, 0, 0, 0, 0, 0, 0]
const MASS: Dimension = [0, 1, 0, 0, 0, 0, 0]
const TIME: Dimension = [0, 0, 1, 0, 0, 0, 0]
const CURRENT: Dimension = [0, 0, 0, 1, 0, 0, 0]
const TEMPERATURE: Dimension = [0, 0, 0, 0, 1, 0, 0]
const AMOUNT: Dimension = [0, 0, 0, 0, 0, 1, 0]
const LIGHT: Dimension = [0, 0, 0, 0, 0, 0, 1]
const VOLUME: Dimension = [3, 0, 0, 0, 0, 0, 0]
const FORCE: Dimension = [1, 1, -2, 0, 0, 0, 0]
const PRESSURE: Dimension = [-1, 1, -2, 0, 0, 0, 0]
const ENERGY: Dimension = [2, 1, -2, 0, 0, 0, 0]
const POWER: Dimension = [2, 1, -3, 0, 0, 0, 0]
const DOSE: Dimension = [2, 0, -2, 0, 0, 0, 0]
const ACTIVITY: Dimension = [0, 0, -1, 0, 0, 0, 0]

/**
 * Units of UCUM (version 2.1, case-sensitive codes) that laboratories write, by their factor to SI base units (m, kg, s,
 * A, K, mol, cd). Unlike UCUM, amount of substance is a dimension of its own and a plane angle is none.
 */
export const UNIT_ATOMS: readonly UnitAtom[] = [
  ratio('m', LENGTH, 1, true),
  ratio('g', MASS, 1e-3, true),
  ratio('s', TIME, 1, true),
  ratio('A', CURRENT, 1, true),
  ratio('K', TEMPERATURE, 1, true),
  ratio('mol', AMOUNT, 1, true),
  ratio('cd', LIGHT, 1, true),
  ratio('rad', NONE, 1, true),
  ratio('sr', NONE, 1, true),
  ratio('deg', NONE, Math.PI / 180, false, '°'),
  ratio("'", NONE, Math.PI / 10_800, false, '′'),
  ratio("''", NONE, Math.PI / 648_000, false, '″'),
  ratio('%', NONE, 1e-2, false),
  ratio('[ppth]', NONE, 1e-3, false, '‰'),
  ratio('[ppm]', NONE, 1e-6, false, 'ppm'),
  ratio('[ppb]', NONE, 1e-9, false, 'ppb'),
  ratio('10*', NONE, 10, false),
  ratio('10^', NONE, 10, false),
  ratio('[pi]', NONE, Math.PI, false, 'π'),
  ratio('min', TIME, 60, false),
  ratio('h', TIME, 3600, false),
  ratio('d', TIME, 86_400, false),
  ratio('wk', TIME, 604_800, false),
  ratio('mo', TIME, 2_629_800, false),
  ratio('a', TIME, 31_557_600, false),
  ratio('l', VOLUME, 1e-3, true),
  ratio('L', VOLUME, 1e-3, true),
  ratio('ar', [2, 0, 0, 0, 0, 0, 0], 100, true),
  ratio('t', MASS, 1000, true),
  ratio('u', MASS, 1.660_539_068_92e-27, true),
  ratio('Hz', ACTIVITY, 1, true),
  ratio('N', FORCE, 1, true),
  ratio('Pa', PRESSURE, 1, true),
  ratio('bar', PRESSURE, 1e5, true),
  ratio('atm', PRESSURE, 101_325, false),
  ratio('m[Hg]', PRESSURE, 133_322, true),
  ratio('J', ENERGY, 1, true),
  ratio('eV', ENERGY, 1.602_176_634e-19, true),
  ratio('cal', ENERGY, 4.184, true),
  ratio('W', POWER, 1, true),
  ratio('C', [0, 0, 1, 1, 0, 0, 0], 1, true),
  ratio('V', [2, 1, -3, -1, 0, 0, 0], 1, true),
  ratio('F', [-2, -1, 4, 2, 0, 0, 0], 1, true),
  ratio('Ohm', [2, 1, -3, -2, 0, 0, 0], 1, true, 'Ω'),
  ratio('S', [-2, -1, 3, 2, 0, 0, 0], 1, true),
  ratio('Wb', [2, 1, -2, -1, 0, 0, 0], 1, true),
  ratio('T', [0, 1, -2, -1, 0, 0, 0], 1, true),
  ratio('G', [0, 1, -2, -1, 0, 0, 0], 1e-4, true),
  ratio('H', [2, 1, -2, -2, 0, 0, 0], 1, true),
  ratio('lm', LIGHT, 1, true),
  ratio('lx', [-2, 0, 0, 0, 0, 0, 1], 1, true),
  ratio('Bq', ACTIVITY, 1, true),
  ratio('Ci', ACTIVITY, 3.7e10, true),
  ratio('Gy', DOSE, 1, true),
  ratio('RAD', DOSE, 1e-2, true, 'rad'),
  ratio('Sv', DOSE, 1, true),
  ratio('REM', DOSE, 1e-2, true, 'rem'),
  ratio('R', [0, -1, 1, 1, 0, 0, 0], 2.58e-4, true),
  ratio('P', [-1, 1, -1, 0, 0, 0, 0], 0.1, true),
  ratio('St', [2, 0, -1, 0, 0, 0, 0], 1e-4, true),
  ratio('dyn', FORCE, 1e-5, true),
  ratio('erg', ENERGY, 1e-7, true),
  ratio('kat', [0, 0, -1, 0, 0, 1, 0], 1, true),
  ratio('U', [0, 0, -1, 0, 0, 1, 0], 1e-6 / 60, true),
  ratio('Ao', LENGTH, 1e-10, false, 'Å'),
  ratio('[in_i]', LENGTH, 0.0254, false, 'in'),
  ratio('[ft_i]', LENGTH, 0.3048, false, 'ft'),
  ratio('[mil_i]', LENGTH, 2.54e-5, false, 'mil'),
  ratio('[lb_av]', MASS, 0.453_592_37, false, 'lb'),
  ratio('[oz_av]', MASS, 0.028_349_523_125, false, 'oz'),
  ratio('[gal_us]', VOLUME, 3.785_411_784e-3, false, 'gal'),
  ratio('[psi]', PRESSURE, 6894.757_293_168, false, 'psi'),
  ratio('[c]', [1, 0, -1, 0, 0, 0, 0], 299_792_458, true),
  ratio('[g]', [1, 0, -2, 0, 0, 0, 0], 9.806_65, true),
  {
    code: 'Cel',
    dimension: TEMPERATURE,
    scale: { kind: 'affine', factor: 1, offset: 273.15 },
    metric: true,
    symbol: '°C',
  },
  {
    code: '[degF]',
    dimension: TEMPERATURE,
    scale: { kind: 'affine', factor: 5 / 9, offset: 459.67 },
    metric: false,
    symbol: '°F',
  },
  // the logarithm of a ratio: Np is the natural one, B the decadic one of powers
  { code: 'Np', dimension: NONE, scale: { kind: 'logarithmic', factor: 2 / Math.LN10 }, metric: true },
  { code: 'B', dimension: NONE, scale: { kind: 'logarithmic', factor: 1 }, metric: true },
  { code: 'B[W]', dimension: POWER, scale: { kind: 'logarithmic', factor: 1 }, metric: true },
  { code: '[pH]', dimension: [-3, 0, 0, 0, 0, 1, 0], scale: { kind: 'logarithmic', factor: -1 }, metric: false, symbol: 'pH' },
  { code: "[arb'U]", dimension: NONE, scale: { kind: 'arbitrary' }, metric: false, symbol: 'arb. unit' },
  { code: "[iU]", dimension: NONE, scale: { kind: 'arbitrary' }, metric: true, symbol: 'IU' },
]

/** SI prefixes, the longest first so that `da` is not read as `d`. */
export const UNIT_PREFIXES: readonly (readonly [prefix: string, factor: number])[] = [
  ['da', 1e1],
  ['Q', 1e30],
  ['R', 1e27],
  ['Y', 1e24],
  ['Z', 1e21],
  ['E', 1e18],
  ['P', 1e15],
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
  ['h', 1e2],
  ['d', 1e-1],
  ['c', 1e-2],
  ['m', 1e-3],
  ['u', 1e-6],
  ['n', 1e-9],
  ['p', 1e-12],
  ['f', 1e-15],
  ['a', 1e-18],
  ['z', 1e-21],
  ['y', 1e-24],
]

/** Dimensions that have names, for messages. */
export const DIMENSION_NAMES: readonly (readonly [name: string, dimension: Dimension])[] = [
  ['no dimension', NONE],
  ['length', LENGTH],
  ['mass', MASS],
  ['time', TIME],
  ['electric current', CURRENT],
  ['temperature', TEMPERATURE],
  ['amount of substance', AMOUNT],
  ['luminous intensity', LIGHT],
  ['area', [2, 0, 0, 0, 0, 0, 0]],
  ['volume', VOLUME],
  ['velocity', [1, 0, -1, 0, 0, 0, 0]],
  ['acceleration', [1, 0, -2, 0, 0, 0, 0]],
  ['density', [-3, 1, 0, 0, 0, 0, 0]],
  ['mass per area', [-2, 1, 0, 0, 0, 0, 0]],
  ['amount concentration', [-3, 0, 0, 0, 0, 1, 0]],
  ['molar mass', [0, 1, 0, 0, 0, -1, 0]],
  ['force', FORCE],
  ['pressure', PRESSURE],
  ['energy', ENERGY],
  ['power', POWER],
  ['frequency', ACTIVITY],
  ['absorbed dose', DOSE],
  ['electric charge', [0, 0, 1, 1, 0, 0, 0]],
  ['voltage', [2, 1, -3, -1, 0, 0, 0]],
  ['resistance', [2, 1, -3, -2, 0, 0, 0]],
  ['conductivity', [-3, -1, 3, 2, 0, 0, 0]],
  ['viscosity', [-1, 1, -1, 0, 0, 0, 0]],
]
