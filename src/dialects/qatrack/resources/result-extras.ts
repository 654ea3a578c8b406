import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { attachmentsBy } from './attachments-by.ts'
import type { ExtraFields } from './wire-resource.ts'

/** What a result shows besides its columns: its files, and the structure of an upload as JSON text. */
export const resultExtras: ExtraFields = async (presenting, rows) => {
  const attachments = await attachmentsBy(
    presenting,
    'result',
    rows.map((row) => row.id),
  )
  return new Map(
    rows.map((row) => [row.id, { attachments: attachments.get(row.id) ?? [], json_value: jsonText(row) }]),
  )
}

function jsonText({ jsonValue }: AnyRow): string | null {
  return jsonValue === null || jsonValue === undefined ? null : JSON.stringify(jsonValue)
}
