import type { RecordType } from '../../../core/record.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'

/** The states of an object in all its workflows, under every name that scripts know (specification 1.7 and 3.1). */
export function stateKeys(record: RecordType, row: AnyRow): Readonly<Record<string, unknown>> {
  const cancellation =
    'cancelled' in record.fields ? (row.cancelled === true ? 'cancelled' : 'active') : undefined
  return {
    review_state: row.state ?? 'active',
    ...(cancellation === undefined
      ? {}
      : { cancellation_state: cancellation, cancelled_state: cancellation }),
    ...(record.retirable ? { inactive_state: row.retiredAt === null ? 'active' : 'inactive' } : {}),
    ...assignment(record, row),
  }
}

function assignment(record: RecordType, row: AnyRow): Readonly<Record<string, unknown>> {
  if ('assigned' in record.fields)
    return { worksheetanalysis_review_state: row.assigned === true ? 'assigned' : 'unassigned' }
  if ('worksheet' in record.fields)
    return { worksheetanalysis_review_state: row.worksheet === null ? 'unassigned' : 'assigned' }
  return {}
}
