import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { loadRecord } from '../records/get-record.ts'
import { changedMeanwhile } from '../records/save-record.ts'
import { calculateInfo } from './calculate-info.ts'
import { canonicalJson } from './domain/canonical-json.ts'
import { valuesOfInfo } from './domain/info-values.ts'
import type { JsonObject } from './domain/json-value.ts'
import { normaliseInfo } from './domain/normalise-info.ts'
import type { StoredFile } from './domain/stored-file.ts'
import { infoValidator } from './domain/validate-info.ts'
import { relinkParent } from './link-parent.ts'
import { nameFile } from './name-file.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import type { SampleTypeVersion } from './records/sample-type-version.ts'
import { addFile, checkInfo, type RegisterOptions, refuseInvalidInfo } from './register-sample.ts'
import { requireVisible } from './require-visible.ts'
import type { ResearchServices } from './research-services.ts'
import { getTypeVersion, typeInUse } from './sample-type-schema.ts'
import { changeOwnRow } from './save-own-row.ts'
import { retireFiles } from './store/files.ts'
import { insertRevision } from './store/samples.ts'
import { deleteValues, indexFieldsOfType, insertValues } from './store/values.ts'
import { storeDocument } from './store-file.ts'
import { asSample } from './typed-row.ts'
import { requireInstitute } from './write-scope.ts'

/** What is changed of a sample; whatever is left out stays. */
export type SampleChange = {
  readonly name?: string
  readonly dateCreated?: string
  readonly instituteId?: number
  readonly projectId?: number
  readonly sampleTypeId?: number
  readonly methodId?: number | null
  readonly parentId?: number | null
  readonly info?: JsonObject
  readonly infoFile?: StoredFile
  readonly supplementaryFile?: StoredFile
  readonly state?: Sample['state']
  readonly location?: string | null
  readonly amount?: Quantity | null
}

export type ChangeOptions = Pick<RegisterOptions, 'violations' | 'legacy'> & {
  /** the version that the caller read; the last write wins without one */
  readonly version?: number
  readonly reason?: string
}

/**
 * Changes a sample. Other sample info makes another revision; the earlier one stays.
 *
 * @throws RefusedError `not-found`, `invalid-input`; `conflict` if it was changed meanwhile or would be its own ancestor
 */
export function changeSample(
  ctx: Context,
  services: ResearchServices,
  id: number,
  change: SampleChange,
  options: ChangeOptions,
): Promise<Sample> {
  requirePermission(ctx, 'research.sample.change')
  return inTransaction(ctx, async (tx) => {
    const row = await loadRecord(tx, sampleRecord, id)
    const before = asSample(row)
    if (options.version !== undefined && options.version !== before.version)
      throw changedMeanwhile(sampleRecord, row)
    await requireInstitute(tx, services, before.institute)
    if (change.instituteId !== undefined) await requireInstitute(tx, services, change.instituteId)
    await requireVisible(tx, change)
    if (change.parentId === id)
      throw new RefusedError({
        kind: 'conflict',
        field: 'parent',
        reason: 'A sample cannot be its own ancestor.',
      })
    const described = await describeAgain(tx, before, change, options)
    const after = asSample(
      await changeOwnRow(tx, sampleRecord, before, { ...plainValues(change), ...described.values }),
    )
    await keepFiles(tx, after, change, described.rewritten)
    await described.store(after)
    if (change.parentId !== undefined && change.parentId !== before.parent)
      await relinkParent(tx, { ...facts(after), parentId: change.parentId })
    await recordAudit(tx, {
      action: 'research.sample.change',
      record: sampleRecord.name,
      recordId: id,
      before,
      after,
      reason: options.reason,
    })
    return after
  })
}

function facts({ id, name, project, method, dateCreated }: Sample) {
  return { id, name, projectId: project, methodId: method, dateCreated }
}

function plainValues(change: SampleChange): Record<string, unknown> {
  const values = {
    name: change.name,
    dateCreated: change.dateCreated,
    institute: change.instituteId,
    project: change.projectId,
    method: change.methodId,
    parent: change.parentId,
    state: change.state,
    location: change.location,
    amount: change.amount,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

type Described = {
  readonly values: Record<string, unknown>
  /** the file of a document that was changed here rather than uploaded */
  readonly rewritten: StoredFile | undefined
  readonly store: (after: Sample) => Promise<void>
}

const AS_BEFORE: Described = { values: {}, rewritten: undefined, store: async () => undefined }

/** What another document, or another type, brings: checks, warnings, a revision and values to search for. */
async function describeAgain(
  tx: Context,
  before: Sample,
  change: SampleChange,
  { violations, reason, legacy = false }: ChangeOptions,
): Promise<Described> {
  const isOtherType = (change.sampleTypeId ?? before.sampleType) !== before.sampleType
  const isFinished = before.state === 'draft' && (change.state ?? 'draft') !== 'draft'
  if (!(change.info || isOtherType || isFinished)) return AS_BEFORE
  const version = await versionOf(tx, before, isOtherType ? change.sampleTypeId : undefined)
  const validator = infoValidator(version.schema)
  const given = change.info ?? before.info
  const info = calculateInfo(validator.fields, legacy ? normaliseInfo(validator.fields, given) : given)
  const checked = await checkInfo(tx, validator, info)
  if (violations === 'refuse' && (change.state ?? before.state) !== 'draft') refuseInvalidInfo(checked)
  const noted = violations === 'ignore' ? [] : [...checked.errors, ...checked.warnings]
  const isSame = !isOtherType && canonicalJson(info) === canonicalJson(before.info)
  const revision = isSame ? before.revision : before.revision + 1
  const rewritten = isSame ? undefined : await rewrittenFile(tx, change, info)
  return {
    values: {
      info,
      warnings: noted,
      warningCount: noted.length,
      revision,
      sampleType: version.sampleType,
      typeVersion: version.id,
    },
    rewritten,
    store: async (after) => {
      if (isSame) return
      await deleteValues(tx.db, [after.id])
      await insertValues(tx.db, await indexFieldsOfType(tx.db, version.sampleType), [
        { sampleId: after.id, values: valuesOfInfo(validator.fields, info) },
      ])
      await insertRevision(tx.db, {
        sampleId: after.id,
        revision,
        typeVersionId: version.id,
        name: after.name,
        info: JSON.stringify(info),
        reason: reason ?? null,
        migrationId: null,
        at: tx.now(),
        byId: actingUserId(tx.actor),
      })
    },
  }
}

/** The file of a document that was changed here; an uploaded one stays as it is. */
async function rewrittenFile(
  tx: Context,
  change: SampleChange,
  info: JsonObject,
): Promise<StoredFile | undefined> {
  if (change.infoFile || !change.info) return undefined
  return storeDocument(tx, 'sample_info.json', JSON.stringify(info, null, 2))
}

/** Another type brings its current version; otherwise a sample keeps the one that it was described by. */
async function versionOf(
  tx: Context,
  before: Sample,
  otherType: number | undefined,
): Promise<SampleTypeVersion> {
  return otherType === undefined
    ? getTypeVersion(tx, before.typeVersion)
    : (await typeInUse(tx, otherType)).version
}

/** Another file becomes the current one; earlier ones stay as earlier versions. */
async function keepFiles(
  tx: Context,
  after: Sample,
  change: SampleChange,
  rewritten: StoredFile | undefined,
): Promise<void> {
  const owner = { kind: 'sample', id: after.id } as const
  const infoFile = change.infoFile ?? rewritten
  if (infoFile) {
    await retireFiles(tx.db, 'sample_info', owner)
    await addFile(tx, 'sample_info', after.id, infoFile)
  }
  if (!change.supplementaryFile) return
  await retireFiles(tx.db, 'supplementary_file', owner)
  await addFile(tx, 'supplementary_file', after.id, change.supplementaryFile)
  const name = nameFile(after.sampleId, change.supplementaryFile.name)
  if (name !== after.supplementaryFile)
    await changeOwnRow(tx, sampleRecord, after, { supplementaryFile: name })
}
