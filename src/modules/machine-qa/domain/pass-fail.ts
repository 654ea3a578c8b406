/** How a result compares with its reference and tolerance. */
export const PASS_FAIL_CODES = ['not_done', 'ok', 'tolerance', 'action', 'no_tol'] as const

export type PassFail = (typeof PASS_FAIL_CODES)[number]

/** Words a site may replace by its own. */
export type PassFailLabels = Readonly<Record<PassFail, string>>

export const PASS_FAIL_LABELS: PassFailLabels = {
  not_done: 'Not Done',
  ok: 'OK',
  tolerance: 'Tolerance',
  action: 'Action',
  no_tol: 'No Tol Set',
}
