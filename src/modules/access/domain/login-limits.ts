/** How many log-ins may fail within a minute before further ones are refused unread. */
export type LoginLimits = { readonly perAccount: number; readonly perAddress: number }

export const DEFAULT_LOGIN_LIMITS: LoginLimits = { perAccount: 10, perAddress: 30 }

export const LOGIN_WINDOW_MS = 60_000

/** One failed log-in of the last minute. */
export type LoginFailure = { readonly at: Date; readonly sameAccount: boolean; readonly sameAddress: boolean }

/**
 * Seconds until the next log-in may be tried; 0 if it may be tried now.
 *
 * @param failures those of the same account or address within {@link LOGIN_WINDOW_MS} before `now`
 */
export function loginDelayS(failures: readonly LoginFailure[], limits: LoginLimits, now: Date): number {
  const ofAccount = failures.filter(({ sameAccount }) => sameAccount)
  const ofAddress = failures.filter(({ sameAddress }) => sameAddress)
  return Math.max(delayS(ofAccount, limits.perAccount, now), delayS(ofAddress, limits.perAddress, now))
}

/** Until so many failures have left the window that another one fits in. */
function delayS(failures: readonly LoginFailure[], limit: number, now: Date): number {
  if (failures.length < limit) return 0
  const newestFirst = failures.map(({ at }) => at.getTime()).sort((a, b) => b - a)
  const decisive = newestFirst[limit - 1] ?? now.getTime()
  return Math.max(1, Math.ceil((decisive + LOGIN_WINDOW_MS - now.getTime()) / 1000))
}
