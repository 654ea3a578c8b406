const CLOCK =
  /^(?:(-?\d{1,9}) (?:days?, )?)?(-?)(?:(?:(\d{1,9}):)(?=\d+:\d))?(?:(\d{1,9}):)?(\d{1,9})(?:[.,](\d{1,6})\d{0,6})?$/
const NUMBER = String.raw`(\d{1,9}(?:[.,]\d{1,9})?)`
const ISO = new RegExp(`^([-+]?)P(?:${NUMBER}D)?(?:T(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`)

export const DURATION_PROBLEM =
  'Duration has wrong format. Use one of these formats instead: [DD] [HH:[MM:]]ss[.uuuuuu].'

/**
 * Reads a length of time: `[D ]HH:MM:SS[.ffffff]` with everything but the seconds left out at will, or ISO-8601.
 *
 * @returns seconds, rounded to whole ones; undefined for anything else
 */
export function parseDuration(text: string): number | undefined {
  const clock = CLOCK.exec(text)
  if (clock) {
    const [, days, sign, hours, minutes, seconds, fraction] = clock
    const time = total([undefined, hours, minutes, `${seconds}.${fraction ?? 0}`])
    return Math.round(Number(days ?? 0) * 86_400 + (sign === '-' ? -time : time))
  }
  const iso = ISO.exec(text)
  if (!iso || /[PT]$/.test(text)) return undefined
  const [, sign, ...parts] = iso
  const time = Math.round(total(parts))
  return sign === '-' ? -time : time
}

const SECONDS = [86_400, 3600, 60, 1]

function total(parts: readonly (string | undefined)[]): number {
  return parts.reduce(
    (sum, part, index) => sum + Number((part ?? '0').replace(',', '.')) * (SECONDS[index] ?? 0),
    0,
  )
}
