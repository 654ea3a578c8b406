import type { ReportKind } from '../../reports/report-kind.ts'
import { downtime } from './downtime.ts'
import { dueAndOverdue, nextDue } from './due-and-overdue.ts'
import { referenceChanges } from './reference-changes.ts'
import { faultLog, serviceLog } from './service-reports.ts'
import { sessionResults } from './session-results.ts'
import { sessionSummary } from './session-summary.ts'

/** Every report of machine QA, in the order in which they are offered. */
export const MACHINE_QA_REPORTS: readonly ReportKind[] = [
  sessionSummary,
  sessionResults,
  dueAndOverdue,
  nextDue,
  referenceChanges,
  serviceLog,
  faultLog,
  downtime,
]
