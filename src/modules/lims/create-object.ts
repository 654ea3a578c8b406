import type { Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { createRecord } from '../records/save-record.ts'
import { withObjectId } from './hooks.ts'

/** Makes set-up or another object that the generic verbs write, under an identifier of its own where one is wanted. */
export function createObject(
  ctx: Context,
  record: RecordType,
  values: Readonly<Record<string, unknown>>,
  objectId?: string,
): Promise<AnyRow> {
  return createRecord(objectId === undefined ? ctx : withObjectId(ctx, record, objectId), record, values)
}
