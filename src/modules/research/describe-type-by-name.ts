import { type Context, requirePermission } from '../../context.ts'
import { all, compare } from '../../core/query.ts'
import { listRecords } from '../records/list-records.ts'
import { describeType, type FieldDescription } from './domain/describe-type.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { typeInUse } from './sample-type-schema.ts'

/** The fields that a sample type asks for, by its name in upper or lower case. @returns undefined for none */
export async function describeTypeByName(
  ctx: Context,
  name: string,
): Promise<Readonly<Record<string, FieldDescription>> | undefined> {
  requirePermission(ctx, 'research.access')
  const where = all(
    compare('name', 'iexact', name),
    compare('retiredAt', 'isnull', true),
    compare('listed', 'exact', true),
  )
  const { rows } = await listRecords(
    ctx,
    sampleTypeRecord,
    { where, order: [], limit: 1, offset: 0 },
    { total: 'none' },
  )
  const [row] = rows
  if (!row || row.currentVersion === null) return undefined
  return describeType((await typeInUse(ctx, row.id)).validator.fields)
}
