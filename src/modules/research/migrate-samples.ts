import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findRecords } from '../records/list-records.ts'
import { calculateInfo } from './calculate-info.ts'
import { canonicalJson } from './domain/canonical-json.ts'
import type { InfoProblem } from './domain/info-problem.ts'
import { valuesOfInfo } from './domain/info-values.ts'
import type { JsonObject } from './domain/json-value.ts'
import { type MigrationStep, migrateInfo, planMigration } from './domain/migrate-info.ts'
import { type InfoValidator, infoValidator } from './domain/validate-info.ts'
import { fieldChecksFor } from './field-checks.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import type { SampleTypeVersion } from './records/sample-type-version.ts'
import { getTypeVersion } from './sample-type-schema.ts'
import { changeOwnRow } from './save-own-row.ts'
import { samplesNotOfVersion } from './store/sample-types.ts'
import { insertRevision } from './store/samples.ts'
import { deleteValues, indexFieldsOfType, insertValues } from './store/values.ts'
import { asSample } from './typed-row.ts'

export type MigrationOutcome = {
  readonly plan: readonly MigrationStep[]
  readonly total: number
  readonly ok: number
  readonly warnings: number
  readonly failed: number
  /** what does not fit, by message, with the first samples of each */
  readonly groups: readonly {
    readonly message: string
    readonly count: number
    readonly sampleIds: readonly string[]
  }[]
  readonly examples: readonly {
    readonly sampleId: string
    readonly before: JsonObject
    readonly after: JsonObject
    readonly problems: readonly InfoProblem[]
  }[]
  readonly isDone: boolean
}

const AT_ONCE = 500
const MOST_NAMED = 20
const MOST_EXAMPLES = 20

/**
 * Moves all samples of a type to a published version, or only says what would become of them. Those that do not fit
 * stay in their version and fully usable; the others get another revision each, in batches that can be repeated.
 *
 * @param plan the steps; without one those that follow from the schemas
 * @param mode `rehearse` writes nothing
 */
export async function migrateSamples(
  ctx: Context,
  sampleTypeId: number,
  {
    toVersionId,
    plan,
    mode,
  }: {
    readonly toVersionId: number
    readonly plan: readonly MigrationStep[] | undefined
    readonly mode: 'rehearse' | 'run'
  },
): Promise<MigrationOutcome> {
  requirePermission(ctx, 'research.sample-type.migrate')
  const target = await getTypeVersion(ctx, toVersionId)
  if (target.sampleType !== sampleTypeId || target.status !== 'published')
    throw invalidInput('toVersionId', 'This must be a published version of the sample type.')
  const validator = infoValidator(target.schema)
  const tally = newTally()
  for (let after = 0; ; ) {
    const ids = await samplesNotOfVersion(ctx.db, {
      sampleTypeId,
      versionId: target.id,
      after,
      limit: AT_ONCE,
    })
    if (ids.length === 0) break
    after = ids.at(-1) ?? after
    await inTransaction(ctx, async (tx) => {
      const moved = await moveBatch(tx, { ids, target, validator, plan })
      for (const each of moved) count(tally, each)
      if (mode === 'run')
        await keep(
          tx,
          target,
          validator,
          moved.filter(({ errors }) => errors.length === 0),
        )
    })
  }
  if (mode === 'run')
    await inTransaction(ctx, (tx) =>
      recordAudit(tx, {
        action: 'research.sample-type.migrate',
        record: sampleTypeRecord.name,
        recordId: sampleTypeId,
        after: { to: target.label, ok: tally.ok, failed: tally.failed },
      }),
    )
  const groups = [...tally.groups].map(([message, sampleIds]) => ({
    message,
    count: sampleIds.length,
    sampleIds: sampleIds.slice(0, MOST_NAMED),
  }))
  return {
    plan: plan ?? tally.plan,
    total: tally.ok + tally.failed,
    ok: tally.ok,
    warnings: tally.warnings,
    failed: tally.failed,
    groups: groups.toSorted((a, b) => b.count - a.count),
    examples: tally.examples,
    isDone: mode === 'run',
  }
}

type Moved = {
  readonly sample: Sample
  readonly info: JsonObject
  readonly plan: readonly MigrationStep[]
  readonly errors: readonly InfoProblem[]
  readonly warnings: readonly InfoProblem[]
}

async function moveBatch(
  tx: Context,
  {
    ids,
    target,
    validator,
    plan,
  }: {
    readonly ids: readonly number[]
    readonly target: SampleTypeVersion
    readonly validator: InfoValidator
    readonly plan: readonly MigrationStep[] | undefined
  },
): Promise<readonly Moved[]> {
  const samples = (await findRecords(tx, sampleRecord, ids)).map(asSample)
  const versions = new Map<number, SampleTypeVersion>()
  for (const id of new Set(samples.map(({ typeVersion }) => typeVersion)))
    versions.set(id, await getTypeVersion(tx, id))
  const planned = samples.map((sample) => {
    const from = versions.get(sample.typeVersion)
    const steps = plan ?? (from ? planMigration(from.schema, target.schema) : [])
    return { sample, plan: steps, info: calculateInfo(validator.fields, migrateInfo(sample.info, steps)) }
  })
  const checks = await fieldChecksFor(
    tx,
    validator.fields,
    planned.map(({ info }) => info),
  )
  return planned.map(({ sample, plan: steps, info }) => {
    const { _retired, ...living } = info
    const { errors, warnings } = validator.validate(living, checks)
    return { sample, info, plan: steps, errors, warnings }
  })
}

async function keep(
  tx: Context,
  target: SampleTypeVersion,
  validator: InfoValidator,
  moved: readonly Moved[],
): Promise<void> {
  for (const { sample, info, warnings } of moved) {
    const revision = sample.revision + 1
    await changeOwnRow(tx, sampleRecord, sample, {
      info,
      typeVersion: target.id,
      revision,
      warnings,
      warningCount: warnings.length,
    })
    await insertRevision(tx.db, {
      sampleId: sample.id,
      revision,
      typeVersionId: target.id,
      name: sample.name,
      info: JSON.stringify(info),
      reason: `Moved to ${target.label}`,
      migrationId: null,
      at: tx.now(),
      byId: actingUserId(tx.actor),
    })
  }
  await deleteValues(
    tx.db,
    moved.map(({ sample }) => sample.id),
  )
  await insertValues(
    tx.db,
    await indexFieldsOfType(tx.db, target.sampleType),
    moved.map(({ sample, info }) => ({ sampleId: sample.id, values: valuesOfInfo(validator.fields, info) })),
  )
}

type Tally = {
  ok: number
  warnings: number
  failed: number
  plan: readonly MigrationStep[]
  readonly groups: Map<string, string[]>
  readonly examples: MigrationOutcome['examples'][number][]
}

function newTally(): Tally {
  return { ok: 0, warnings: 0, failed: 0, plan: [], groups: new Map(), examples: [] }
}

function count(tally: Tally, { sample, info, plan, errors, warnings }: Moved): void {
  if (tally.plan.length === 0) tally.plan = plan
  if (errors.length > 0) tally.failed += 1
  else tally.ok += 1
  if (warnings.length > 0) tally.warnings += 1
  for (const { path, message } of errors) {
    const text = `${path}: ${message}`
    tally.groups.set(text, [...(tally.groups.get(text) ?? []), sample.sampleId])
  }
  const isTelling = errors.length > 0 || canonicalJson(info) !== canonicalJson(sample.info)
  if (isTelling && tally.examples.length < MOST_EXAMPLES)
    tally.examples.push({
      sampleId: sample.sampleId,
      before: sample.info,
      after: info,
      problems: [...errors, ...warnings],
    })
}
