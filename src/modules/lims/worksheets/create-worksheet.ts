import { type Context, inTransaction } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { all, type Condition, compare, equals, related } from '../../../core/query.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { attachReferences } from '../../records/attach-references.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { allocateIdentifiers } from '../allocate-identifiers.ts'
import { findObjectType } from '../domain/object-types.ts'
import { limsSettings } from '../lims-settings.ts'
import { columnsOf, insertLiving } from '../living.ts'
import { newUid } from '../object-hook.ts'
import { analysis } from '../records/analysis.ts'
import { referenceSample } from '../records/reference-sample.ts'
import { worksheet } from '../records/worksheet.ts'
import { type TemplateSlot, worksheetTemplate } from '../records/worksheet-template.ts'
import { updateRows } from '../store/living-rows.ts'
import { addControl, addDuplicate, analysesOn, supportedServices } from './add-controls.ts'
import { addToWorksheet, requireChangeable } from './change-worksheet.ts'

export type NewWorksheet = {
  readonly analyst?: string | null | undefined
  readonly template?: number | null | undefined
  readonly instrument?: number | null | undefined
  readonly method?: number | null | undefined
  readonly analyses?: readonly number[] | undefined
  /** fill the template with samples of this client only */
  readonly client?: number | null | undefined
}

/** Makes a worksheet, fills it by its template and puts the given analyses on it. @returns its id */
export async function createWorksheet(ctx: Context, given: NewWorksheet): Promise<number> {
  const { restrictWorksheetManagement } = await limsSettings(ctx)
  const permission = restrictWorksheetManagement ? 'lims.worksheet.manage' : 'lims.worksheet.change'
  if (!hasPermission(ctx.actor, permission)) throw new RefusedError({ kind: 'not-permitted', permission })
  return inTransaction(ctx, async (tx) => {
    const type = findObjectType('Worksheet')
    if (!type) throw new Error('Worksheet is no type')
    const [objectId = ''] = await allocateIdentifiers(tx, type, [{}])
    const [id = 0] = await insertLiving(tx, worksheet, [
      {
        uid: newUid(),
        objectId,
        path: `${type.folder}/${objectId}`,
        analyst: given.analyst ?? null,
        template: given.template ?? null,
        instrument: given.instrument ?? null,
        method: given.method ?? null,
      },
    ])
    await recordAudit(tx, {
      action: 'lims.worksheet.add',
      record: worksheet.name,
      recordId: id,
      after: { id: objectId, ...given },
    })
    if (given.analyses && given.analyses.length > 0) await addToWorksheet(tx, id, given.analyses)
    if (given.template) await applyTemplate(tx, id, given.template, given.client ?? undefined)
    if (given.instrument || given.analyst) await spread(tx, id, given)
    return id
  })
}

/** The worksheet's instrument, method and analyst become those of its analyses that have none. */
export async function spread(
  tx: Context,
  worksheetId: number,
  given: Pick<NewWorksheet, 'analyst' | 'instrument' | 'method'>,
): Promise<void> {
  const rows = await analysesOn(tx, worksheetId)
  for (const field of ['instrument', 'method', 'analyst'] as const) {
    const value = given[field]
    const without = rows.filter((row) => row[field] === null && row.kind !== 'reject').map(({ id }) => id)
    if (value && without.length > 0)
      await updateRows(tx.db, analysis.table, without, columnsOf(tx, analysis, { [field]: value }), {})
  }
}

/**
 * Fills the free positions of a worksheet by a template: samples in the order of their due dates, current reference samples
 * of the wanted definitions, duplicates. Positions that are taken stay as they are.
 */
export async function applyTemplate(
  ctx: Context,
  worksheetId: number,
  templateId: number,
  clientId?: number,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await requireChangeable(tx, worksheetId)
    const [found] = await attachReferences(
      tx.db,
      worksheetTemplate,
      await findRecords(tx, worksheetTemplate, [templateId]),
    )
    if (!found) throw invalidInput('template', 'This names a record that does not exist.')
    const services = found.service as readonly number[]
    const layout = [...(found.layout as readonly TemplateSlot[])].sort(
      (a, b) => Number(a.pos) - Number(b.pos),
    )
    const taken = new Set((await analysesOn(tx, worksheetId)).map(({ position }) => position))
    const free = layout.filter(({ pos }) => !taken.has(Number(pos)))
    const waiting = await waitingSamples(
      tx,
      services,
      free.filter(({ type }) => type === 'a').length,
      clientId,
    )
    for (const { pos, type } of free) {
      const next = type === 'a' ? waiting.shift() : undefined
      if (next) await addToWorksheet(tx, worksheetId, next, Number(pos))
    }
    for (const slot of free) await fillControl(tx, worksheetId, slot, services)
  })
}

async function fillControl(
  tx: Context,
  worksheetId: number,
  { pos, type, blank_ref, control_ref, dup }: TemplateSlot,
  services: readonly number[],
): Promise<void> {
  const position = Number(pos)
  if (type === 'd' && dup !== undefined) {
    const hasOriginal = (await analysesOn(tx, worksheetId)).some(
      (row) => row.kind === 'routine' && row.position === Number(dup),
    )
    if (hasOriginal) await addDuplicate(tx, worksheetId, { of: Number(dup), position })
  }
  const definition = type === 'b' ? blank_ref : type === 'c' ? control_ref : undefined
  const material = definition === undefined ? undefined : await bestReference(tx, definition, services)
  if (material) await addControl(tx, worksheetId, { referenceSample: material.id, services, position })
}

/** The current reference sample of a definition that supports all services, else the one that supports most. */
async function bestReference(
  tx: Context,
  definitionUid: string,
  services: readonly number[],
): Promise<AnyRow | undefined> {
  const where = all(
    related('referenceDefinition', equals('uid', definitionUid)),
    equals('state', 'current'),
    compare('retiredAt', 'isnull', true),
  )
  const order = [{ path: ['expiryDate'], direction: 'asc' }] as const
  const { rows } = await listRecords(
    tx,
    referenceSample,
    { where, order, limit: 100, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  let best: { readonly row: AnyRow; readonly count: number } | undefined
  for (const row of rows) {
    const count = (await supportedServices(tx, row, services)).length
    if (count > (best?.count ?? 0)) best = { row, count }
  }
  return best?.row
}

/** Analyses that wait for a worksheet, of as many samples as are wanted, the most urgent first. */
async function waitingSamples(
  tx: Context,
  services: readonly number[],
  count: number,
  clientId: number | undefined,
): Promise<(readonly number[])[]> {
  if (count === 0) return []
  const where = all(
    WAITING,
    compare('service', 'in', services),
    ...(clientId === undefined ? [] : [related('request', equals('client', clientId))]),
  )
  const order = [
    { path: ['dueDate'], direction: 'asc' },
    { path: ['id'], direction: 'asc' },
  ] as const
  const { rows } = await listRecords(
    tx,
    analysis,
    { where, order, limit: count * Math.max(services.length, 1) * 4, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  const groups = Map.groupBy(rows, ({ request }) => request)
  return [...groups.values()].slice(0, count).map((group) => group.map(({ id }) => id))
}

/** What may be put on a worksheet. */
export const WAITING: Condition = all(
  equals('kind', 'routine'),
  equals('state', 'sample_received'),
  equals('cancelled', false),
  compare('worksheet', 'isnull', true),
)
