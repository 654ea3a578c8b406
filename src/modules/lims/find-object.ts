import type { Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { attachReferences } from '../records/attach-references.ts'
import { findRecords } from '../records/list-records.ts'
import { findObjectType, type ObjectType } from './domain/object-types.ts'
import { findObjects } from './store/objects.ts'

/** Any object of the laboratory, with its to-many relations. */
export type FoundObject = { readonly type: ObjectType; readonly record: RecordType; readonly row: AnyRow }

/** An object by its path without the site, such as `/clients/client-1`; undefined outside the actor's scope. */
export async function findObjectByPath(ctx: Context, path: string): Promise<FoundObject | undefined> {
  const [found] = await loadObjects(ctx, { paths: [path] })
  return found
}

/** Objects by UID within the actor's scope, in the order asked for. */
export async function findObjectsByUid(
  ctx: Context,
  uids: readonly string[],
): Promise<readonly FoundObject[]> {
  const found = new Map((await loadObjects(ctx, { uids })).map((each) => [each.row.uid, each]))
  return uids.flatMap((uid) => found.get(uid) ?? [])
}

async function loadObjects(
  ctx: Context,
  by: Parameters<typeof findObjects>[1],
): Promise<readonly FoundObject[]> {
  if (ctx.actor.kind === 'anonymous') return []
  const entries = await findObjects(ctx.db, by)
  const found: FoundObject[] = []
  for (const [typeName, group] of Map.groupBy(entries, ({ type }) => type)) {
    const type = findObjectType(typeName)
    if (!type) continue
    const record = ctx.catalogue.get(type.record)
    const rows = await findRecords(
      ctx,
      record,
      group.map(({ rowId }) => rowId),
    )
    for (const row of await attachReferences(ctx.db, record, rows)) found.push({ type, record, row })
  }
  return found
}
