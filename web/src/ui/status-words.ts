import type { StatusToken } from '../theme/tokens.ts'

/** The word of a status where the page has no better one of its field. */
export const STATUS_WORDS: Record<StatusToken, string> = {
  ok: 'OK',
  warn: 'Tolerance',
  act: 'Action',
  none: 'No tolerance',
  todo: 'Due',
  late: 'Overdue',
  debt: 'Accepted',
  void: 'Void',
  unknown: 'Unknown',
}
