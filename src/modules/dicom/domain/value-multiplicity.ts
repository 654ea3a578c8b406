/** Whether `count` values fit a value multiplicity of PS3.6: `1`, `2-4`, `1-n`, `2-2n`, `3-n` (PS3.5 section 6.4). */
export function fitsMultiplicity(vm: string, count: number): boolean {
  const match = /^(\d+)(?:-(\d+)?(n)?)?$/.exec(vm)
  if (!match) return true
  const least = Number(match[1])
  if (count < least) return false
  const [, , upper, open] = match
  if (open === undefined) return count <= Number(upper ?? least)
  return count % Number(upper ?? 1) === 0
}

/** Whether an attribute may have more than one value. */
export function allowsSeveral(vm: string): boolean {
  return vm !== '1'
}
