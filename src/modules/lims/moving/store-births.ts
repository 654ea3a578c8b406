import type { Context } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { attachReferences } from '../../records/attach-references.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { allocateIdentifiers } from '../allocate-identifiers.ts'
import { findObjectType, type ObjectType } from '../domain/object-types.ts'
import type { Bench, Birth } from '../domain/workflow/bench.ts'
import { columnsOf, insertLiving, type NewLiving } from '../living.ts'
import { newUid } from '../object-hook.ts'
import { analysis } from '../records/analysis.ts'
import { request } from '../records/request.ts'
import { sample } from '../records/sample.ts'
import { worksheet } from '../records/worksheet.ts'
import { updateRows } from '../store/living-rows.ts'
import { moveObject } from '../store/objects.ts'

/** What a move brought into being, once stored. */
export type Born = { readonly kind: Birth['kind']; readonly of: number; readonly id: number }

/**
 * Stores what a move brought into being. Comes after the changes of what was there, whose ids and paths the new things
 * take over.
 */
export async function storeBirths(
  tx: Context,
  before: Bench,
  after: Bench,
  births: readonly Birth[],
): Promise<readonly Born[]> {
  if (births.length === 0) return []
  await renameOld(tx, before, after)
  const worksheetIds = await storeReplacements(tx, after, births)
  const originals = await rowsOf(
    tx,
    births.flatMap((birth) => (birth.kind === 'follow-up' || birth.kind === 'replacement' ? [] : [birth.of])),
  )
  const born: Born[] = [...worksheetIds].map(([of, id]) => ({ kind: 'replacement', of, id }))
  for (const birth of births) {
    if (birth.kind === 'retest')
      born.push({
        kind: birth.kind,
        of: birth.of,
        id: await storeRetest(tx, after, birth, originals, worksheetIds),
      })
    if (birth.kind === 'control-copy' || birth.kind === 'reject-copy')
      born.push({ kind: birth.kind, of: birth.of, id: await storeCopy(tx, birth, originals, worksheetIds) })
    if (birth.kind === 'follow-up')
      born.push({ kind: birth.kind, of: birth.of, id: await storeFollowUp(tx, birth.of) })
  }
  return born
}

/** An analysis that is repeated gives its name to the one that repeats it. */
async function renameOld(tx: Context, before: Bench, after: Bench): Promise<void> {
  const renamed = [...after.analyses.values()].filter((each) => {
    const old = before.analyses.get(each.id)
    return old !== undefined && old.objectId !== each.objectId
  })
  const rows = await rowsOf(
    tx,
    renamed.map(({ id }) => id),
  )
  for (const { id, objectId } of renamed) {
    const row = rows.get(id)
    if (!row) continue
    const path = `${String(row.path).slice(0, String(row.path).lastIndexOf('/'))}/${objectId}`
    await moveObject(tx.db, String(row.uid), String(row.path), path)
    await updateRows(tx.db, analysis.table, [id], columnsOf(tx, analysis, { path, objectId }), {})
  }
}

async function storeReplacements(
  tx: Context,
  after: Bench,
  births: readonly Birth[],
): Promise<ReadonlyMap<number, number>> {
  const stored = new Map<number, number>()
  for (const birth of births) {
    if (birth.kind !== 'replacement') continue
    const [old] = await findRecords(tx, worksheet, [birth.of])
    if (!old) throw new Error('a rejected worksheet is gone')
    const type = typeNamed('Worksheet')
    const [objectId = ''] = await allocateIdentifiers(tx, type, [{}])
    const [id = 0] = await insertLiving(tx, worksheet, [
      {
        ...livingOf(old),
        uid: newUid(),
        objectId,
        path: `${type.folder}/${objectId}`,
        state: 'open',
        replaces: birth.of,
        remarks: `Replaces ${String(old.objectId)}.`,
      },
    ])
    const remarks = [old.remarks, `Replaced by ${objectId}.`].filter(Boolean).join('\n')
    await updateRows(tx.db, worksheet.table, [birth.of], columnsOf(tx, worksheet, { remarks }), {})
    const moved = [...after.analyses.values()].flatMap((each) =>
      each.worksheetId === birth.id && each.id > 0 ? [each.id] : [],
    )
    await updateRows(tx.db, analysis.table, moved, columnsOf(tx, analysis, { worksheet: id }), {})
    stored.set(birth.of, id)
  }
  return stored
}

async function storeRetest(
  tx: Context,
  after: Bench,
  birth: Birth & { kind: 'retest' },
  originals: Rows,
  worksheets: ReadonlyMap<number, number>,
): Promise<number> {
  const entity = after.analyses.get(birth.id)
  const old = originals.get(birth.of)
  if (!entity || !old) throw new Error('a repeated analysis is gone')
  const folder = String(old.path).slice(0, String(old.path).lastIndexOf('/'))
  const worksheetId =
    entity.worksheetId !== null && entity.worksheetId < 0 ? [...worksheets.values()][0] : entity.worksheetId
  const [id = 0] = await insertLiving(tx, analysis, [
    {
      ...livingOf(old),
      ...FRESH,
      uid: newUid(),
      objectId: entity.keyword,
      path: `${folder}/${entity.keyword}`,
      state: entity.state,
      result: entity.result,
      operand: entity.result === '' ? null : old.operand,
      cancelled: entity.cancelled,
      worksheet: worksheetId,
      retested: true,
      retestOf: birth.of,
      resultCaptureDate: null,
    },
  ])
  await recordAudit(tx, {
    action: 'lims.analysis.repeat',
    record: analysis.name,
    recordId: id,
    after: { retestOf: birth.of },
  })
  return id
}

const FRESH = {
  submittedBy: null,
  submittedAt: null,
  verificators: [],
  verifiedAt: null,
  datePublished: null,
}

async function storeCopy(
  tx: Context,
  birth: Birth & { kind: 'control-copy' | 'reject-copy' },
  originals: Rows,
  worksheets: ReadonlyMap<number, number>,
): Promise<number> {
  const old = originals.get(birth.of)
  if (!old) throw new Error('a copied analysis is gone')
  const isControl = birth.kind === 'control-copy'
  const type = typeNamed(
    isControl ? (old.kind === 'duplicate' ? 'DuplicateAnalysis' : 'ReferenceAnalysis') : 'RejectAnalysis',
  )
  const [objectId = ''] = await allocateIdentifiers(tx, type, [{}])
  const worksheetId = isControl ? [...worksheets.values()][0] : birth.worksheetId
  const folder = await folderOfCopy(tx, old, type, worksheetId ?? birth.worksheetId)
  const [id = 0] = await insertLiving(tx, analysis, [
    {
      ...livingOf(old),
      ...FRESH,
      uid: newUid(),
      objectId,
      path: `${folder}/${objectId}`,
      worksheet: worksheetId ?? null,
      ...(isControl
        ? { state: 'assigned', result: '', operand: null, resultCaptureDate: null }
        : { kind: 'reject', state: 'rejected', original: birth.of, request: null, partition: null }),
    },
  ])
  return id
}

async function folderOfCopy(
  tx: Context,
  old: AnyRow,
  type: ObjectType,
  worksheetId: number,
): Promise<string> {
  if (type.type === 'ReferenceAnalysis') return String(old.path).slice(0, String(old.path).lastIndexOf('/'))
  const [owner] = await findRecords(tx, worksheet, [worksheetId])
  return String(owner?.path ?? type.folder)
}

/** The request that follows an invalidated one: the same services, received, without results. */
async function storeFollowUp(tx: Context, of: number): Promise<number> {
  const [old] = await attachReferences(tx.db, request, await findRecords(tx, request, [of]))
  const [material] = old ? await findRecords(tx, sample, [Number(old.sample)]) : []
  if (!old || !material) throw new Error('an invalidated request is gone')
  const type = typeNamed('AnalysisRequest')
  const [objectId = ''] = await allocateIdentifiers(tx, type, [{ sampleId: String(material.objectId) }])
  const folder = String(old.path).slice(0, String(old.path).lastIndexOf('/'))
  const path = `${folder}/${objectId}`
  const [id = 0] = await insertLiving(tx, request, [
    {
      ...livingOf(old),
      uid: newUid(),
      objectId,
      path,
      state: 'sample_received',
      assigned: false,
      dateVerified: null,
      datePublished: null,
      parentRequest: of,
      childRequest: null,
    },
  ])
  const analyses = await findAnalysesOf(tx, of)
  await insertLiving(
    tx,
    analysis,
    analyses.map(
      (row): NewLiving => ({
        ...livingOf(row),
        ...FRESH,
        uid: newUid(),
        objectId: String(row.keyword),
        path: `${path}/${String(row.keyword)}`,
        request: id,
        worksheet: null,
        position: null,
        state: 'sample_received',
        result: '',
        operand: null,
        uncertainty: null,
        resultCaptureDate: null,
        retested: false,
        retestOf: null,
      }),
    ),
  )
  await updateRows(tx.db, request.table, [of], columnsOf(tx, request, { childRequest: id }), {})
  await recordAudit(tx, {
    action: 'lims.request.follow',
    record: request.name,
    recordId: id,
    after: { parentRequest: of },
  })
  return id
}

async function findAnalysesOf(tx: Context, requestId: number): Promise<readonly AnyRow[]> {
  const where = {
    kind: 'all',
    of: [
      { kind: 'compare', field: 'request', lookup: 'exact', value: requestId },
      { kind: 'compare', field: 'state', lookup: 'in', value: ['verified', 'published'] },
      { kind: 'compare', field: 'cancelled', lookup: 'exact', value: false },
    ],
  } as const
  const { rows } = await listRecords(
    tx,
    analysis,
    { where, order: [], limit: 2000, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  // of a retested one only the last counts
  return [...new Map(rows.map((row) => [String(row.keyword), row])).values()]
}

type Rows = ReadonlyMap<number, AnyRow>

async function rowsOf(tx: Context, ids: readonly number[]): Promise<Rows> {
  return new Map((await findRecords(tx, analysis, [...new Set(ids)])).map((row) => [row.id, row]))
}

/** The fields of a row, without what identifies it. */
function livingOf({
  id: _id,
  version: _version,
  createdAt: _at,
  createdBy: _by,
  modifiedAt: _mAt,
  modifiedBy: _mBy,
  ...fields
}: AnyRow): Readonly<Record<string, unknown>> {
  return fields
}

function typeNamed(type: string): ObjectType {
  const found = findObjectType(type)
  if (!found) throw new RefusedError({ kind: 'not-found', what: 'type', id: type })
  return found
}
