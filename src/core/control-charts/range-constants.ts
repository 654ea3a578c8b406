/** Mean (d2) and standard deviation (d3) of the range of n values of a standard normal distribution. */
export type RangeConstants = { readonly d2: number; readonly d3: number }

const STEP = 0.1
const FROM = -8
const CELLS = 160
/** No range of up to 99 values is wider with a probability that matters. */
const WIDEST = 150

/**
 * The constants that turn a mean range into a standard deviation, from the distribution of the range
 * P(W ≤ w) = n ∫ φ(x) (Φ(x + w) − Φ(x))^(n−1) dx, by its first two moments (Tippett 1925; tabulated to three decimals
 * in ISO 7870-2 and in textbooks of statistical process control).
 *
 * @param n values in a subgroup, 2 to 99
 */
export function rangeConstants(n: number): RangeConstants {
  if (!Number.isInteger(n) || n < 2 || n > 99) throw new RangeError(`no range of ${n} values`)
  const known = KNOWN.get(n)
  if (known) return known
  const constants = momentsOfRange(n)
  KNOWN.set(n, constants)
  return constants
}

const KNOWN = new Map<number, RangeConstants>()

function momentsOfRange(n: number): RangeConstants {
  let first = 0
  let second = 0
  for (let cell = 0; cell <= WIDEST; cell++) {
    const weight = simpsonWeight(cell, WIDEST)
    const exceeds = 1 - rangeProbability(n, cell)
    first += weight * exceeds
    second += weight * 2 * cell * STEP * exceeds
  }
  const d2 = (first * STEP) / 3
  return { d2, d3: Math.sqrt((second * STEP) / 3 - d2 * d2) }
}

function simpsonWeight(cell: number, last: number): number {
  if (cell === 0 || cell === last) return 1
  return cell % 2 === 0 ? 2 : 4
}

/** P(W ≤ w) for w given in cells of the grid; the trapezoidal rule converges fast for such tails. */
function rangeProbability(n: number, widthCells: number): number {
  let sum = 0
  for (let cell = 0; cell <= CELLS; cell++) {
    const within = cumulative(cell + widthCells) - cumulative(cell)
    sum += density(FROM + cell * STEP) * within ** (n - 1)
  }
  return n * sum * STEP
}

function density(x: number): number {
  return Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI)
}

function cumulative(cell: number): number {
  return CUMULATIVE[cell] ?? 1
}

/** Φ at the points of the grid, each cell by Simpson's rule. */
const CUMULATIVE: readonly number[] = cumulateDensity()

function cumulateDensity(): number[] {
  const sums = [0]
  let sum = 0
  for (let cell = 0; cell < CELLS; cell++) {
    const x = FROM + cell * STEP
    const inner = density(x + STEP / 4) * 4 + density(x + STEP / 2) * 2 + density(x + (STEP * 3) / 4) * 4
    sum += ((density(x) + inner + density(x + STEP)) * STEP) / 12
    sums.push(sum)
  }
  return sums
}
