/** A number as people and scripts write it, `12.5` or `12,5`. @returns undefined for anything else */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim()
  if (trimmed.length > 40 || !/^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?$/.test(trimmed))
    return undefined
  const value = Number(trimmed.replace(',', '.'))
  return Number.isFinite(value) ? value : undefined
}
