/**
 * Whether two numbers agree to about seven significant digits: divided by the power of ten of their mean size, they
 * differ by at most 1e-6. This is what lets a deviation of 0.2000000000000002 lie on a limit of 0.2.
 */
export function almostEqual(a: number, b: number): boolean {
  if (a === b) return true
  const size = 0.5 * (Math.abs(a) + Math.abs(b))
  if (!Number.isFinite(size)) return false
  // Read from text: 10 ** n is not the nearest double for every n.
  const scale = Number(`1e${Math.floor(Math.log10(size))}`)
  if (scale === 0) return false
  return Math.abs(a / scale - b / scale) <= 1e-6
}
