/** Whether a warning is wanted that is fixed, or not, by the given version. */
export function isWantedFix(fix: string, wanted: readonly string[]): boolean {
  const isFixed = fix !== '' && fix !== 'None' && fix !== '0'
  return wanted.includes(isFixed ? 'fix available' : 'no fix available')
}
