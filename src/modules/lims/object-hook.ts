import { randomBytes } from 'node:crypto'
import type { Context, RecordHook } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { findRecords } from '../records/list-records.ts'
import { allocateIdentifiers, raiseCounter } from './allocate-identifiers.ts'
import { describeTakenId, OBJECT_ID } from './domain/identifier-format.ts'
import { type ObjectType, objectTypeOf } from './domain/object-types.ts'
import { deleteObject, findObjects, insertObjects, moveObject } from './store/objects.ts'

type Values = Readonly<Record<string, unknown>>

/** 32 hexadecimal digits that no other object will ever have. */
export function newUid(): string {
  return randomBytes(16).toString('hex')
}

/**
 * Gives new objects their UID, identifier and path, and keeps the register by which any object is found.
 *
 * @param wantedId an identifier that the object brings along
 */
export function objectHook(record: RecordType, wantedId?: string): RecordHook {
  return {
    beforeSave: async (tx, values, before) =>
      before ? { ...values } : { ...values, ...(await placeOf(tx, record, values, wantedId)) },
    afterSave: async (tx, after, before) => {
      if (!after) await deleteObject(tx.db, String(before?.uid))
      else if (!before) await insertObjects(tx.db, [entryOf(record, after)])
      else if (before.path !== after.path)
        await moveObject(tx.db, String(after.uid), String(before.path), String(after.path))
    },
  }
}

function entryOf(record: RecordType, row: AnyRow) {
  return {
    uid: String(row.uid),
    path: String(row.path),
    type: objectTypeOf(record.name, row).type,
    rowId: row.id,
  }
}

async function placeOf(
  tx: Context,
  record: RecordType,
  values: Values,
  wantedId: string | undefined,
): Promise<Values> {
  const type = objectTypeOf(record.name, values)
  const folder = await folderOf(tx, record, type, values)
  const objectId =
    wantedId === undefined ? await freeId(tx, type, folder) : await requireFree(tx, type, folder, wantedId)
  return { uid: newUid(), objectId, path: `${folder}/${objectId}` }
}

/** The path of the owner that the values name, or the folder of the type. */
export async function folderOf(
  tx: Context,
  record: RecordType,
  type: ObjectType,
  values: Values,
): Promise<string> {
  for (const field of type.owners) {
    const id = values[field]
    const target = record.fields[field]?.target
    if (typeof id !== 'number' || target === undefined) continue
    const [owner] = await findRecords(tx, tx.catalogue.get(target), [id])
    if (!owner) throw invalidInput(field, 'This names a record that does not exist.')
    return String(owner.path)
  }
  return type.folder
}

async function freeId(tx: Context, type: ObjectType, folder: string): Promise<string> {
  for (;;) {
    const [id = ''] = await allocateIdentifiers(tx, type, [{}])
    if ((await findObjects(tx.db, { paths: [`${folder}/${id}`] })).length === 0) return id
    // an object brought this one along
  }
}

async function requireFree(tx: Context, type: ObjectType, folder: string, id: string): Promise<string> {
  if (!OBJECT_ID.test(id)) throw invalidInput('id', `The id "${id}" is not written in the right form.`)
  const taken = await findObjects(tx.db, { paths: [`${folder}/${id}`] })
  if (taken.length > 0) throw new RefusedError({ kind: 'conflict', field: 'id', reason: describeTakenId(id) })
  await raiseCounter(tx, type, {}, id)
  return id
}
