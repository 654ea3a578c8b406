import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import { type FieldProblem, invalidInput, RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { loadRecord } from '../records/get-record.ts'
import { calculateInfo } from './calculate-info.ts'
import type { InfoProblem, InfoValidation } from './domain/info-problem.ts'
import { valuesOfInfo } from './domain/info-values.ts'
import type { JsonObject } from './domain/json-value.ts'
import { normaliseInfo } from './domain/normalise-info.ts'
import { checkSampleId, sampleIdLengthProblem } from './domain/sample-id.ts'
import type { StoredFile } from './domain/stored-file.ts'
import type { InfoValidator } from './domain/validate-info.ts'
import { fieldChecksFor } from './field-checks.ts'
import { linkParent } from './link-parent.ts'
import { nameFile } from './name-file.ts'
import { fileRecord } from './records/file.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import { requireVisible } from './require-visible.ts'
import type { ResearchServices } from './research-services.ts'
import { typeInUse } from './sample-type-schema.ts'
import { addOwnRow } from './save-own-row.ts'
import { findLivingSample, highestCodes, insertRevision } from './store/samples.ts'
import { indexFieldsOfType, insertValues } from './store/values.ts'
import { storeDocument } from './store-file.ts'
import { asSample } from './typed-row.ts'
import { requireInstitute } from './write-scope.ts'

/** A sample to be registered. */
export type NewSample = {
  readonly sampleId: string
  readonly name: string
  /** `YYYY-MM-DD` */
  readonly dateCreated: string
  readonly instituteId: number
  readonly projectId: number
  readonly sampleTypeId: number
  readonly methodId: number | null
  /** internal id */
  readonly parentId: number | null
  readonly info: JsonObject
  /** as it was uploaded; made from the info where there is none */
  readonly infoFile?: StoredFile
  readonly supplementaryFile?: StoredFile
  readonly state?: Sample['state']
  readonly location?: string | null
  readonly amount?: Quantity | null
  readonly origin?: JsonObject
}

export type RegisterOptions = {
  /** what becomes of info that violates the schema: refused, kept with a note, or kept without one */
  readonly violations: 'refuse' | 'keep' | 'ignore'
  /** read the info as scripts of the DMLF write it */
  readonly legacy?: boolean
  /** the transaction will be undone: no content is stored */
  readonly isTrial?: boolean
  /** whether the parent makes a step of its own; not where one is about to be recorded */
  readonly parentStep?: 'implied' | 'none'
}

/**
 * Registers a sample.
 *
 * @throws RefusedError `invalid-input` for ids, references and info that cannot be; `conflict` for an id that is taken;
 *   `not-permitted` outside the actor's institutes
 */
export function registerSample(
  ctx: Context,
  services: ResearchServices,
  input: NewSample,
  { violations, parentStep = 'implied', legacy = false, isTrial = false }: RegisterOptions,
): Promise<Sample> {
  requirePermission(ctx, 'research.sample.add')
  return inTransaction(ctx, async (tx) => {
    await requireInstitute(tx, services, input.instituteId)
    await requireVisible(tx, input)
    const warnings = await requireSampleId(tx, services, input)
    const { type, version, validator } = await typeInUse(tx, input.sampleTypeId)
    const given = legacy ? normaliseInfo(validator.fields, input.info) : input.info
    const info = calculateInfo(validator.fields, given)
    const checked = await checkInfo(tx, validator, info)
    if (violations === 'refuse' && input.state !== 'draft') refuseInvalidInfo(checked)
    const noted = violations === 'ignore' ? warnings : [...warnings, ...checked.errors, ...checked.warnings]
    const infoFile = input.infoFile ?? (await documentOf(tx, info, isTrial))
    const described = {
      info,
      warnings: noted,
      warningCount: noted.length,
      sampleType: type.id,
      typeVersion: version.id,
    }
    const id = await addOwnRow(tx, sampleRecord, { ...valuesOfNew(tx, input), ...described })
    await addFile(tx, 'sample_info', id, infoFile)
    if (input.supplementaryFile) await addFile(tx, 'supplementary_file', id, input.supplementaryFile)
    await insertValues(tx.db, await indexFieldsOfType(tx.db, type.id), [
      { sampleId: id, values: valuesOfInfo(validator.fields, info) },
    ])
    const at = tx.now()
    const revision = { revision: 1, typeVersionId: version.id, name: input.name, info: JSON.stringify(info) }
    await insertRevision(tx.db, {
      ...revision,
      sampleId: id,
      reason: null,
      migrationId: null,
      at,
      byId: actingUserId(tx.actor),
    })
    if (input.parentId !== null && parentStep === 'implied')
      await linkParent(tx, { id, ...input, parentId: input.parentId })
    const sample = asSample(await loadRecord(tx, sampleRecord, id))
    await recordAudit(tx, {
      action: 'research.sample.add',
      record: sampleRecord.name,
      recordId: id,
      after: sample,
    })
    return sample
  })
}

async function documentOf(tx: Context, info: JsonObject, isTrial: boolean): Promise<StoredFile> {
  const text = isTrial ? '' : JSON.stringify(info, null, 2)
  if (!isTrial) return storeDocument(tx, 'sample_info.json', text)
  return { name: 'sample_info.json', sha256: '0'.repeat(64), bytes: 0, mediaType: 'application/json' }
}

function valuesOfNew(tx: Context, input: NewSample): Record<string, unknown> {
  const { sampleId, supplementaryFile: file } = input
  return {
    sampleId,
    name: input.name,
    state: input.state ?? 'active',
    dateCreated: input.dateCreated,
    institute: input.instituteId,
    project: input.projectId,
    method: input.methodId,
    parent: input.parentId,
    user: actingUserId(tx.actor),
    location: input.location ?? null,
    amount: input.amount ?? null,
    infoFile: `${sampleId}.json`,
    supplementaryFile: file ? nameFile(sampleId, file.name) : null,
    revision: 1,
    origin: input.origin ?? null,
    binnedAt: null,
    binnedBy: null,
  }
}

/** What would be wrong with a document, with what stands in the database. */
export async function checkInfo(
  ctx: Context,
  validator: InfoValidator,
  info: JsonObject,
): Promise<InfoValidation> {
  return validator.validate(info, await fieldChecksFor(ctx, validator.fields, [info]))
}

/** @throws RefusedError `invalid-input` with a problem for each error, at `info.<path>` */
export function refuseInvalidInfo({ errors }: InfoValidation): void {
  if (errors.length === 0) return
  const problems = errors.map(
    ({ path, message }): FieldProblem => ({ field: `info${path.replaceAll('/', '.')}`, problem: message }),
  )
  throw new RefusedError({ kind: 'invalid-input', problems })
}

/** What is wrong with a new id, or what is to be noted about it. */
export async function findSampleIdProblem(
  ctx: Context,
  { codePolicy }: ResearchServices,
  {
    sampleId,
    instituteId,
    methodId,
  }: {
    readonly sampleId: string
    readonly instituteId?: number | undefined
    readonly methodId?: number | null | undefined
  },
): Promise<{ readonly problem?: string; readonly warning?: string }> {
  const length = sampleIdLengthProblem(sampleId)
  if (length !== undefined) return { problem: length }
  if ((await findLivingSample(ctx.db, sampleId)) !== undefined) return { problem: TAKEN }
  const highest = await highestCodes(ctx.db)
  return checkSampleId(sampleId, {
    policy: codePolicy,
    highestInstitute: highest.institute,
    highestMethod: highest.method,
    instituteId,
    methodId,
    today: ctx.now().toISOString().slice(0, 10),
  })
}

export const TAKEN = 'sample with this sample id already exists.'

async function requireSampleId(
  tx: Context,
  services: ResearchServices,
  input: NewSample,
): Promise<readonly InfoProblem[]> {
  const { problem, warning } = await findSampleIdProblem(tx, services, input)
  if (problem === TAKEN) throw new RefusedError({ kind: 'conflict', field: 'sampleId', reason: problem })
  if (problem !== undefined) throw invalidInput('sampleId', problem)
  return warning === undefined ? [] : [{ path: '', code: 'sample_id', level: 'warning', message: warning }]
}

/** Names a stored content as the current file of a sample. */
export async function addFile(
  tx: Context,
  kind: 'sample_info' | 'supplementary_file' | 'attachment',
  sampleId: number,
  file: StoredFile,
): Promise<number> {
  return addOwnRow(tx, fileRecord, {
    kind,
    sample: sampleId,
    experiment: null,
    method: null,
    project: null,
    name: file.name,
    sha256: file.sha256,
    size: file.bytes,
    mediaType: file.mediaType,
    current: true,
  })
}
