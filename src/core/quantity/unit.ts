import {
  type AtomScale,
  DIMENSION_NAMES,
  type Dimension,
  UNIT_ATOMS,
  UNIT_PREFIXES,
  type UnitAtom,
} from './unit-atoms.data.ts'

/** A unit that was understood. Its `dimension` is given in SI base units. */
export type Unit = {
  /** as written, in UCUM */
  readonly code: string
  readonly dimension: Dimension
  readonly scale: AtomScale
}

const NO_DIMENSION: Dimension = [0, 0, 0, 0, 0, 0, 0]
const LONGEST_CODE = 60

const known = new Map<string, Unit | undefined>()
const MOST_KNOWN = 2000

/**
 * Reads a UCUM code (case-sensitive) such as `mg`, `g/cm3`, `10*6/L`, `Cel` or `1`; the empty code is `1`. Annotations
 * in braces count for nothing. Units of points (Cel), logarithmic and arbitrary ones stand alone: they have no products.
 *
 * @returns undefined for what is no unit of our subset
 * @see https://ucum.org/ucum, section 2.3 (full and limited conformance: no nested special functions)
 */
export function parseUnit(code: string): Unit | undefined {
  if (code.length > LONGEST_CODE) return undefined
  if (known.has(code)) return known.get(code)
  if (known.size > MOST_KNOWN) known.clear()
  const unit = readUnit(code)
  known.set(code, unit)
  return unit
}

type Reading = { readonly text: string; at: number }

function readUnit(code: string): Unit | undefined {
  if (code === '' || code === '1')
    return { code: '1', dimension: NO_DIMENSION, scale: { kind: 'ratio', factor: 1 } }
  const plain = code.replaceAll(/\{[^{}]*\}/g, '')
  const special = findAtom(plain)
  if (special && special.scale.kind !== 'ratio')
    return { code, dimension: special.dimension, scale: special.scale }
  const reading: Reading = { text: plain === '' ? '1' : plain, at: 0 }
  const product = readProduct(reading, 0)
  if (!product || reading.at !== reading.text.length) return undefined
  return { code, dimension: product.dimension, scale: { kind: 'ratio', factor: product.factor } }
}

type Product = { readonly dimension: Dimension; readonly factor: number }

const UNITY: Product = { dimension: NO_DIMENSION, factor: 1 }
const DEEPEST = 4

/** `a.b/c/d`: from left to right, a leading slash divides one. */
function readProduct(reading: Reading, depth: number): Product | undefined {
  let product: Product = UNITY
  let sign: 1 | -1 = 1
  if (reading.text[reading.at] === '/') {
    sign = -1
    reading.at += 1
  }
  for (;;) {
    const factor = readFactor(reading, depth)
    if (!factor) return undefined
    product = multiply(product, power(factor, sign))
    const operator = reading.text[reading.at]
    if (operator !== '.' && operator !== '/') return Number.isFinite(product.factor) ? product : undefined
    sign = operator === '/' ? -1 : 1
    reading.at += 1
  }
}

function readFactor(reading: Reading, depth: number): Product | undefined {
  if (reading.text[reading.at] === '(') return readParenthesis(reading, depth)
  const number = /^(?:10[*^][+-]?\d{0,2}|\d{1,9}(?![*^\d]))/.exec(reading.text.slice(reading.at))?.[0]
  if (number !== undefined) {
    reading.at += number.length
    const exponent = /^10[*^](.*)$/.exec(number)?.[1]
    if (exponent === undefined) return { dimension: NO_DIMENSION, factor: Number(number) }
    return { dimension: NO_DIMENSION, factor: 10 ** Number(exponent === '' ? 1 : exponent) }
  }
  const symbol = /^(?:\[[^\]]{1,20}\]|[A-Za-z%'_]|(?<=[A-Za-z])\[)+/.exec(reading.text.slice(reading.at))?.[0]
  const atom = symbol === undefined ? undefined : findAtom(symbol)
  if (!atom || symbol === undefined || atom.scale.kind !== 'ratio') return undefined
  reading.at += symbol.length
  return power({ dimension: atom.dimension, factor: atom.scale.factor }, readExponent(reading))
}

function readParenthesis(reading: Reading, depth: number): Product | undefined {
  if (depth >= DEEPEST) return undefined
  reading.at += 1
  const inner = readProduct(reading, depth + 1)
  if (!inner || reading.text[reading.at] !== ')') return undefined
  reading.at += 1
  return power(inner, readExponent(reading))
}

function readExponent(reading: Reading): number {
  const written = /^[+-]?\d{1,2}/.exec(reading.text.slice(reading.at))?.[0]
  if (written === undefined) return 1
  reading.at += written.length
  return Number(written)
}

const ATOMS = new Map(UNIT_ATOMS.map((atom) => [atom.code, atom]))

/** A unit symbol, with or without a prefix; what stands in the table as it is wins (`cd` is no centiday). */
function findAtom(symbol: string): UnitAtom | undefined {
  const whole = ATOMS.get(symbol)
  if (whole) return whole
  for (const [prefix, factor] of UNIT_PREFIXES) {
    if (!symbol.startsWith(prefix)) continue
    const atom = ATOMS.get(symbol.slice(prefix.length))
    if (atom?.metric) return { ...atom, code: symbol, scale: scaled(atom.scale, factor) }
  }
  return undefined
}

function scaled(scale: AtomScale, by: number): AtomScale {
  switch (scale.kind) {
    case 'ratio':
    case 'logarithmic':
      return { kind: scale.kind, factor: scale.factor * by }
    case 'affine':
      return { kind: 'affine', factor: scale.factor * by, offset: scale.offset / by }
    case 'arbitrary':
      return scale
  }
}

function multiply(a: Product, b: Product): Product {
  return { dimension: addDimensions(a.dimension, b.dimension), factor: a.factor * b.factor }
}

function power({ dimension, factor }: Product, exponent: number): Product {
  return { dimension: timesDimension(dimension, exponent), factor: factor ** exponent }
}

export function addDimensions(a: Dimension, b: Dimension): Dimension {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4], a[5] + b[5], a[6] + b[6]]
}

export function timesDimension(of: Dimension, by: number): Dimension {
  // + 0 turns -0 into 0, which would not be equal to it everywhere
  const times = (n: number) => n * by + 0
  return [times(of[0]), times(of[1]), times(of[2]), times(of[3]), times(of[4]), times(of[5]), times(of[6])]
}

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return a.every((exponent, index) => Math.abs(exponent - (b[index] ?? 0)) < 1e-9)
}

/** What a dimension is called, or its exponents: `density`, `m2·kg·s-1`. */
export function dimensionName(dimension: Dimension): string {
  const named = DIMENSION_NAMES.find(([, known]) => sameDimension(known, dimension))
  if (named) return named[0]
  return ['m', 'kg', 's', 'A', 'K', 'mol', 'cd']
    .flatMap((base, index) => {
      const exponent = dimension[index] ?? 0
      return exponent === 0 ? [] : [exponent === 1 ? base : `${base}${exponent}`]
    })
    .join('·')
}
