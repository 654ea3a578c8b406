import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { all, equals } from '../../core/query.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { loadRecord } from '../records/get-record.ts'
import { listRecords } from '../records/list-records.ts'
import { checkSchema, type SchemaProblem } from './domain/check-schema.ts'
import { compareSchemas, type SchemaChange } from './domain/compare-schemas.ts'
import type { JsonObject } from './domain/json-value.ts'
import { type SampleType, sampleTypeRecord } from './records/sample-type.ts'
import { type SampleTypeVersion, sampleTypeVersionRecord } from './records/sample-type-version.ts'
import { addOwnRow, changeOwnRow } from './save-own-row.ts'
import { indexSchema, publishedVersion } from './ship-types.ts'
import { countSamplesByVersion } from './store/sample-types.ts'
import { asSampleType, asTypeVersion } from './typed-row.ts'

/** A sample type with all its versions. */
export type TypeDesign = {
  readonly type: SampleType
  readonly versions: readonly SampleTypeVersion[]
  readonly current: SampleTypeVersion | undefined
  readonly draft: SampleTypeVersion | undefined
  /** samples by version */
  readonly samples: ReadonlyMap<number, number>
}

export type DraftOutcome = {
  readonly draft: SampleTypeVersion
  readonly problems: readonly SchemaProblem[]
  readonly changes: readonly SchemaChange[]
  readonly label: string
}

/** @throws RefusedError `not-found` */
export async function getTypeDesign(ctx: Context, id: number): Promise<TypeDesign> {
  requirePermission(ctx, 'research.access')
  const type = asSampleType(await loadRecord(ctx, sampleTypeRecord, id))
  const page = { where: equals('sampleType', id), order: [], limit: 1000, offset: 0 }
  const { rows } = await listRecords(ctx, sampleTypeVersionRecord, page, { total: 'none', relations: 'none' })
  const versions = rows.map(asTypeVersion).toSorted((a, b) => b.id - a.id)
  return {
    type,
    versions,
    current: versions.find((version) => version.id === type.currentVersion),
    draft: versions.find(({ status }) => status === 'draft'),
    samples: await countSamplesByVersion(ctx.db, id),
  }
}

/** Keeps the next version while it is designed; it may have problems. */
export function saveDraft(
  ctx: Context,
  id: number,
  {
    schema,
    layout,
    changelog,
  }: { readonly schema: JsonObject; readonly layout: JsonObject | null; readonly changelog: string | null },
): Promise<DraftOutcome> {
  requirePermission(ctx, sampleTypeRecord.permissions.change)
  return inTransaction(ctx, async (tx) => {
    const { type, current, draft } = await getTypeDesign(tx, id)
    const changes = current ? compareSchemas(current.schema, schema) : []
    const number = nextNumber(current, changes)
    const label = `${type.name} ${number.major}.${number.minor}`
    const values = { ...number, label, schema: withId(schema, type.key, number), layout, changelog }
    const draftId =
      draft?.id ??
      (await addOwnRow(tx, sampleTypeVersionRecord, {
        ...values,
        sampleType: id,
        status: 'draft',
        sha256: null,
        publishedAt: null,
        publishedBy: null,
      }))
    if (draft) await changeOwnRow(tx, sampleTypeVersionRecord, draft, values)
    const after = asTypeVersion(await loadRecord(tx, sampleTypeVersionRecord, draftId))
    await recordAudit(tx, {
      action: 'research.sample-type.draft',
      record: sampleTypeRecord.name,
      recordId: id,
      before: draft,
      after,
    })
    return { draft: after, problems: checkSchema(after.schema), changes, label }
  })
}

type Number = { readonly major: number; readonly minor: number }

function nextNumber(current: SampleTypeVersion | undefined, changes: readonly SchemaChange[]): Number {
  if (!current) return { major: 1, minor: 0 }
  const isMajor = changes.some((each) => each.class === 'major')
  return isMajor ? { major: current.major + 1, minor: 0 } : { major: current.major, minor: current.minor + 1 }
}

function withId(
  { $id: _id, $schema: _schema, ...schema }: JsonObject,
  key: string,
  { major, minor }: Number,
): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:touchstone:type:${key}:${major}.${minor}`,
    ...schema,
  }
}

/**
 * Publishes the draft: it never changes again, and new samples are described by it. Samples keep their version.
 *
 * @throws RefusedError `invalid-input` with every problem of the schema; `conflict` without a draft, or for one's own
 *   draft of a controlled type
 */
export function publishDraft(ctx: Context, id: number): Promise<TypeDesign> {
  requirePermission(ctx, 'research.sample-type.publish')
  return inTransaction(ctx, async (tx) => {
    const { type, draft } = await getTypeDesign(tx, id)
    if (!draft) throw new RefusedError({ kind: 'conflict', reason: 'There is no draft to publish.' })
    await refuseOwnDraft(tx, type, draft)
    const problems = checkSchema(draft.schema)
    if (problems.length > 0)
      throw new RefusedError({
        kind: 'invalid-input',
        problems: problems.map(({ path, problem }) => ({ field: `schema${path}`, problem })),
      })
    const published = {
      ...publishedVersion(draft.schema),
      publishedAt: tx.now(),
      publishedBy: actingUserId(tx.actor),
    }
    const after = await changeOwnRow(tx, sampleTypeVersionRecord, draft, published)
    await changeOwnRow(tx, sampleTypeRecord, type, { currentVersion: draft.id })
    await indexSchema(tx, id, draft.schema)
    await recordAudit(tx, {
      action: 'research.sample-type.publish',
      record: sampleTypeRecord.name,
      recordId: id,
      before: draft,
      after,
    })
    return getTypeDesign(tx, id)
  })
}

async function refuseOwnDraft(tx: Context, type: SampleType, draft: SampleTypeVersion): Promise<void> {
  if (!type.controlled) return
  const where = all(equals('id', draft.id), equals('modifiedBy', actingUserId(tx.actor) ?? 0))
  const { rows } = await listRecords(
    tx,
    sampleTypeVersionRecord,
    { where, order: [], limit: 1, offset: 0 },
    { total: 'none' },
  )
  if (rows.length > 0)
    throw new RefusedError({
      kind: 'conflict',
      reason: 'Versions of a controlled type are published by another person than their author.',
    })
}
