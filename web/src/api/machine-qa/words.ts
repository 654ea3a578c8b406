import type { WirePassFail } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import type {
  WireDueStatus,
  WireUnitStateName,
} from '../../../../src/dialects/native/machine-qa/work.schema.ts'
import type { StatusToken } from '../../theme/tokens.ts'

interface Shown {
  readonly token: StatusToken
  readonly word: string
}

export const PASS_FAIL: Readonly<Record<WirePassFail, Shown>> = {
  ok: { token: 'ok', word: 'OK' },
  tolerance: { token: 'warn', word: 'Tolerance' },
  action: { token: 'act', word: 'Action' },
  no_tol: { token: 'none', word: 'No tolerance' },
  not_done: { token: 'todo', word: 'To do' },
}

export const SKIPPED: Shown = { token: 'void', word: 'Skipped' }

export const DUE: Readonly<Record<WireDueStatus, Shown>> = {
  action: { token: 'late', word: 'Overdue' },
  tolerance: { token: 'todo', word: 'Due' },
  ok: { token: 'ok', word: 'Not due' },
  no_tol: { token: 'none', word: 'No due date' },
}

export const UNIT_STATE: Readonly<Record<WireUnitStateName, Shown>> = {
  'out-of-service': { token: 'act', word: 'Out of service' },
  failed: { token: 'act', word: 'Failed' },
  overdue: { token: 'late', word: 'Overdue' },
  tolerance: { token: 'warn', word: 'Tolerance' },
  unreviewed: { token: 'todo', word: 'Unreviewed' },
  unknown: { token: 'unknown', word: 'Unknown' },
  ok: { token: 'ok', word: 'In order' },
}

/** What everybody reading a list of results looks for first. */
const WORST_FIRST: readonly WirePassFail[] = ['action', 'tolerance', 'not_done', 'ok', 'no_tol']

/** The worst of some results; `no_tol` when there are none. */
export function worstOf(found: readonly WirePassFail[]): WirePassFail {
  return WORST_FIRST.find((each) => found.includes(each)) ?? 'no_tol'
}
