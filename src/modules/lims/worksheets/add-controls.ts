import { type Context, inTransaction } from '../../../context.ts'
import { all, compare, equals } from '../../../core/query.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { allocateIdentifiers } from '../allocate-identifiers.ts'
import { findObjectType, type ObjectType } from '../domain/object-types.ts'
import type { ReferenceResult } from '../domain/reference-result.ts'
import type { ServiceSnapshot } from '../domain/service-snapshot.ts'
import { followResults } from '../domain/workflow/promote.ts'
import { limsSettings } from '../lims-settings.ts'
import { insertLiving, type NewLiving } from '../living.ts'
import { newUid } from '../object-hook.ts'
import { analysis } from '../records/analysis.ts'
import { referenceSample } from '../records/reference-sample.ts'
import { request } from '../records/request.ts'
import { service } from '../records/service.ts'
import { worksheet } from '../records/worksheet.ts'
import { loadServices } from '../registering/load-services.ts'
import { freePosition, reopenWorksheet, requireChangeable } from './change-worksheet.ts'

/** Analyses on a worksheet, also of other people's clients. */
export async function analysesOn(tx: Context, worksheetId: number): Promise<readonly AnyRow[]> {
  const query = { where: equals('worksheet', worksheetId), order: [], limit: 50_000, offset: 0 }
  return (await listRecords(tx, analysis, query, { total: 'none', relations: 'none' })).rows
}

/**
 * Puts a blank or a control on a worksheet: an analysis of the reference sample for each of the services, or for all on
 * the worksheet that it has an expected result for.
 *
 * @returns the position
 */
export async function addControl(
  ctx: Context,
  worksheetId: number,
  given: {
    readonly referenceSample: number
    readonly services?: readonly number[] | undefined
    readonly position?: number | undefined
  },
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const sheet = await requireChangeable(tx, worksheetId)
    const [material] = await findRecords(tx, referenceSample, [given.referenceSample])
    if (!material) throw invalidInput('referenceSample', 'This names a record that does not exist.')
    if (material.state !== 'current' || material.retiredAt !== null)
      throw new RefusedError({ kind: 'conflict', reason: 'This reference sample is expired or disposed of.' })
    const present = await analysesOn(tx, worksheetId)
    const wanted = given.services ?? [
      ...new Set(present.filter(({ kind }) => kind === 'routine').map((row) => Number(row.service))),
    ]
    const supported = await supportedServices(tx, material, wanted)
    if (supported.length === 0)
      throw new RefusedError({
        kind: 'conflict',
        reason: 'This reference sample has no expected result for any of the services.',
      })
    const position = freePosition(present.map(positionOf), given.position)
    const settings = await limsSettings(tx)
    const offered = (await loadServices(tx, supported)).filter(({ row }) => supported.includes(row.id))
    const ids = await allocateIdentifiers(
      tx,
      typeNamed('ReferenceAnalysis'),
      offered.map(() => ({})),
    )
    const groupId = `${String(material.objectId)}-${String((await groupsOf(tx, material)) + 1).padStart(3, '0')}`
    await insertLiving(
      tx,
      analysis,
      offered.map(
        (each, index): NewLiving => ({
          ...controlFields(
            each.snapshot,
            sheet,
            settings.numberOfRequiredVerifications,
            settings.selfVerificationEnabled,
          ),
          uid: newUid(),
          objectId: ids[index] ?? '',
          path: `${String(material.path)}/${ids[index]}`,
          kind: 'reference',
          service: each.row.id,
          calculation: each.calculationId,
          method: each.methodId,
          category: each.categoryId,
          interims: each.interims,
          referenceSample: material.id,
          referenceType: material.blank === true ? 'b' : 'c',
          groupId,
          worksheet: worksheetId,
          position,
        }),
      ),
    )
    await finish(tx, worksheetId, 'add-control', { referenceSample: material.id, position })
    return position
  })
}

/** Repeats the analyses at a position, less what is withdrawn and what is calculated from others. */
export async function addDuplicate(
  ctx: Context,
  worksheetId: number,
  given: { readonly of: number; readonly position?: number | undefined },
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const sheet = await requireChangeable(tx, worksheetId)
    const present = await analysesOn(tx, worksheetId)
    const originals = present.filter(
      (row) =>
        row.kind === 'routine' &&
        row.position === given.of &&
        row.state !== 'retracted' &&
        row.state !== 'rejected' &&
        (row.snapshot as ServiceSnapshot).needs.length === 0,
    )
    const [first] = originals
    if (!first)
      throw invalidInput('of', 'There is no sample at this position whose analyses could be repeated.')
    const [asked] = await findRecords(tx, request, [Number(first.request)])
    const position = freePosition(present.map(positionOf), given.position)
    const ids = await allocateIdentifiers(
      tx,
      typeNamed('DuplicateAnalysis'),
      originals.map(() => ({})),
    )
    const sampleId = String(asked?.objectId ?? '').replace(/-R\d+$/, '')
    const groups = new Set(present.filter(({ kind }) => kind === 'duplicate').map(({ groupId }) => groupId))
    const number = [...groups].filter((group) => String(group).startsWith(`${sampleId}-D`)).length + 1
    const settings = await limsSettings(tx)
    await insertLiving(
      tx,
      analysis,
      originals.map(
        (row, index): NewLiving => ({
          ...controlFields(
            row.snapshot as ServiceSnapshot,
            sheet,
            settings.numberOfRequiredVerifications,
            settings.selfVerificationEnabled,
          ),
          uid: newUid(),
          objectId: ids[index] ?? '',
          path: `${String(sheet.path)}/${ids[index]}`,
          kind: 'duplicate',
          service: row.service,
          calculation: row.calculation,
          method: row.method,
          category: row.category,
          interims: row.interims,
          original: row.id,
          groupId: `${sampleId}-D${String(number).padStart(2, '0')}`,
          worksheet: worksheetId,
          position,
        }),
      ),
    )
    await finish(tx, worksheetId, 'add-duplicate', { of: given.of, position })
    return position
  })
}

async function finish(tx: Context, worksheetId: number, action: string, after: unknown): Promise<void> {
  await reopenWorksheet(tx, worksheetId, (work) => followResults(work, worksheetId))
  await recordAudit(tx, {
    action: `lims.worksheet.${action}`,
    record: worksheet.name,
    recordId: worksheetId,
    after,
  })
}

function controlFields(
  snapshot: ServiceSnapshot,
  sheet: AnyRow,
  requiredVerifications: number,
  mayVerifyOwn: boolean,
): Readonly<Record<string, unknown>> {
  return {
    title: snapshot.title,
    keyword: snapshot.keyword,
    snapshot,
    analyst: sheet.analyst,
    instrument: sheet.instrument,
    requiredVerifications,
    mayVerifyOwn,
    state: 'assigned',
  }
}

function positionOf(row: AnyRow): { readonly position: number | null } {
  return { position: typeof row.position === 'number' ? row.position : null }
}

/** Of these services, those that the material has an expected result for. */
export async function supportedServices(
  tx: Context,
  material: AnyRow,
  serviceIds: readonly number[],
): Promise<readonly number[]> {
  const expected = new Set((material.referenceResults as readonly ReferenceResult[]).map(({ uid }) => uid))
  const rows = await findRecords(tx, service, serviceIds)
  return rows.filter((row) => expected.has(String(row.uid))).map(({ id }) => id)
}

async function groupsOf(tx: Context, material: AnyRow): Promise<number> {
  const where = all(equals('referenceSample', material.id), compare('groupId', 'isnull', false))
  const { rows } = await listRecords(
    tx,
    analysis,
    { where, order: [], limit: 50_000, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return new Set(rows.map(({ groupId }) => groupId)).size
}

function typeNamed(type: string): ObjectType {
  const found = findObjectType(type)
  if (!found) throw new Error(`${type} is no type of object`)
  return found
}
