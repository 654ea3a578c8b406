import type { Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import { syncSequences } from '../../platform/database/sync-sequences.ts'
import { encodeRow } from '../../platform/records/row-codec.ts'
import { stampsFor } from '../records/save-record.ts'
import { insertRow } from './store/rows.ts'

/** Makes a row with an id that scripts elsewhere know already, such as those of another server. */
export async function importWithId(
  tx: Context,
  record: RecordType,
  id: number,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  await insertRow(tx.db, record.table, {
    id,
    ...encodeRow(record, values),
    ...stampsFor(tx, record, 'new'),
    version: 1,
  })
  await syncSequences(tx.db)
}
