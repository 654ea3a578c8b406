import { type Context, inTransaction, requirePermission } from '../../../context.ts'
import { equals } from '../../../core/query.ts'
import type { RecordType } from '../../../core/record.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { loadRecord } from '../../records/get-record.ts'
import { listRecords } from '../../records/list-records.ts'
import { changedMeanwhile, changeRecord, createRecord } from '../../records/save-record.ts'
import { groupLinker } from '../records/group-linker.ts'
import { groupLinkerInstance } from '../records/group-linker-instance.ts'
import { hours } from '../records/hours.ts'
import { partUsed } from '../records/part-used.ts'
import { returnToService } from '../records/return-to-service.ts'
import { serviceEvent } from '../records/service-event.ts'
import { findDefaultStatus } from '../store/service-events.ts'
import { findTemplateAssignments, linkFaultsTo } from '../store/service-forms.ts'
import { addOwnedComment } from './comment-on.ts'
import { saveRows, type WantedRow } from './save-rows.ts'
import { RETURN_NOT_REVIEWED } from './service-event-hook.ts'

/** A service event as its form sends it, with all that belongs to it; lists that are absent stay as they are. */
export type ServiceEventForm = {
  /** fields of the event */
  readonly event: Readonly<Record<string, unknown>>
  /** `{ user | thirdParty, time }` */
  readonly hours?: readonly WantedRow[]
  /** `{ part, fromStorage, quantity }` */
  readonly partsUsed?: readonly WantedRow[]
  /** `{ unitTestCollection }` */
  readonly returns?: readonly WantedRow[]
  /** `{ groupLinker, user }` */
  readonly linkers?: readonly WantedRow[]
  /** faults that the event is about */
  readonly faults?: readonly number[]
  /** added to the comments there are */
  readonly comment?: string
}

/**
 * Adds a service event with hours, parts and return-to-service QA, all or nothing. Without a status it gets the default
 * one; a template brings its return-to-service QA along.
 *
 * @throws RefusedError `invalid-input` with fields such as `partsUsed.0.quantity`
 */
export async function createServiceEvent(ctx: Context, form: ServiceEventForm): Promise<AnyRow> {
  requirePermission(ctx, serviceEvent.permissions.add)
  return inTransaction(ctx, async (tx) => {
    const status = form.event.serviceStatus ?? (await findDefaultStatus(tx.db))?.id
    const event = await createRecord(tx, serviceEvent, { ...form.event, serviceStatus: status })
    const returns = form.returns ?? (await returnsOfTemplate(tx, event))
    await saveParts(tx, event, { ...form, ...(returns ? { returns } : {}) })
    return settled(tx, event, form)
  })
}

/** Changes a service event and what belongs to it. @param version the version that was looked at */
export async function changeServiceEvent(
  ctx: Context,
  id: number,
  version: number,
  form: ServiceEventForm,
  reason?: string,
): Promise<AnyRow> {
  requirePermission(ctx, serviceEvent.permissions.change)
  return inTransaction(ctx, async (tx) => {
    const before = await loadRecord(tx, serviceEvent, id)
    if (before.version !== version) throw changedMeanwhile(serviceEvent, before)
    await saveParts(tx, before, form)
    // return-to-service QA that was added may have let the status fall back
    const { version: current } = await loadRecord(tx, serviceEvent, id)
    const after =
      Object.keys(form.event).length === 0
        ? await loadRecord(tx, serviceEvent, id)
        : await changeRecord(tx, serviceEvent, id, current, form.event, reason)
    return settled(tx, after, form)
  })
}

/** The event as it stands in the end; a status that its return-to-service QA does not allow is refused. */
async function settled(tx: Context, event: AnyRow, form: ServiceEventForm): Promise<AnyRow> {
  const stored = await loadRecord(tx, serviceEvent, event.id)
  const wanted = form.event.serviceStatus
  if (wanted !== undefined && stored.serviceStatus !== wanted)
    throw invalidInput('serviceStatus', RETURN_NOT_REVIEWED)
  return stored
}

async function saveParts(tx: Context, event: AnyRow, form: ServiceEventForm): Promise<void> {
  const shared = { serviceEvent: event.id }
  const save = async (record: RecordType, name: string, wanted: readonly WantedRow[] | undefined) => {
    if (wanted) await saveRows(tx, record, await rowsOf(tx, record, event.id), wanted, { name, shared })
  }
  await save(hours, 'hours', form.hours)
  // always in the same order, so that two events at once do not wait for one another
  await save(
    partUsed,
    'partsUsed',
    form.partsUsed?.toSorted((a, b) => Number(a.part) - Number(b.part)),
  )
  await save(returnToService, 'returns', form.returns)
  if (form.linkers) await requireLinkers(tx, form.linkers)
  await save(groupLinkerInstance, 'linkers', form.linkers)
  if (form.faults && form.faults.length > 0) await linkFaults(tx, event.id, form.faults)
  if (form.comment !== undefined && form.comment.trim() !== '')
    await addOwnedComment(tx, { kind: 'serviceEvent', id: event.id }, form.comment)
}

const MOST_ROWS = 1000

async function rowsOf(tx: Context, record: RecordType, eventId: number): Promise<readonly AnyRow[]> {
  const query = { where: equals('serviceEvent', eventId), order: [], limit: MOST_ROWS, offset: 0 }
  return (await listRecords(tx, record, query, { total: 'none' })).rows
}

/** The return-to-service QA of a template, as far as the unit has it assigned. */
async function returnsOfTemplate(tx: Context, event: AnyRow): Promise<readonly WantedRow[] | undefined> {
  if (typeof event.serviceEventTemplate !== 'number') return undefined
  const found = await findTemplateAssignments(tx.db, event.serviceEventTemplate, Number(event.unit))
  return found.map((unitTestCollection) => ({ unitTestCollection }))
}

/** Roles that every event has must be given to somebody, and to one person unless there may be several. */
async function requireLinkers(tx: Context, linkers: readonly WantedRow[]): Promise<void> {
  const query = { where: equals('retiredAt', null), order: [], limit: MOST_ROWS, offset: 0 }
  const { rows } = await listRecords(tx, groupLinker, query, { total: 'none' })
  for (const { id, name, required, multiple } of rows) {
    const people = linkers.filter((linker) => linker.groupLinker === id).length
    if (required === true && people === 0) throw invalidInput('linkers', `${name} is required.`)
    if (multiple !== true && people > 1) throw invalidInput('linkers', `${name} takes one person.`)
  }
}

async function linkFaults(tx: Context, eventId: number, faultIds: readonly number[]): Promise<void> {
  const linked = await linkFaultsTo(tx.db, eventId, faultIds)
  if (linked.unknown.length > 0) throw invalidInput('faults', `There is no fault ${linked.unknown[0]}.`)
  for (const recordId of linked.added) {
    await recordAudit(tx, {
      action: 'machine-qa.fault.link',
      record: 'machine-qa.fault',
      recordId,
      after: { serviceEvent: eventId },
    })
  }
}
