import { asSystem, type Context, requirePermission } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { type Condition, equals, related } from '../../../core/query.ts'
import type { RecordType } from '../../../core/record.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { getRecord } from '../../records/get-record.ts'
import { listRecords } from '../../records/list-records.ts'
import type { Attachment } from '../domain/attachment.ts'
import type { PersonName } from '../domain/test-page.ts'
import { fault } from '../records/fault.ts'
import { groupLinkerInstance } from '../records/group-linker-instance.ts'
import { hours } from '../records/hours.ts'
import { partUsed } from '../records/part-used.ts'
import { serviceEvent } from '../records/service-event.ts'
import { findAttachmentsOf } from '../store/attachments.ts'
import { findOwnedComments, type OwnedComment } from '../store/comments.ts'
import { findReturnsOf, type ReturnEntry } from '../store/return-to-service.ts'
import { findServiceLog, type ServiceLogEntry } from '../store/service-log.ts'
import { findPersonNames } from '../store/test-pages.ts'

export type ServiceEventDetails = {
  readonly event: AnyRow
  readonly hours: readonly AnyRow[]
  readonly partsUsed: readonly AnyRow[]
  readonly linkers: readonly AnyRow[]
  readonly returns: readonly ReturnEntry[]
  readonly related: readonly AnyRow[]
  readonly faults: readonly AnyRow[]
  readonly comments: readonly OwnedComment[]
  readonly attachments: readonly Attachment[]
  readonly log: readonly ServiceLogEntry[]
  readonly people: ReadonlyMap<number, PersonName>
  /** what the acting user may do with it */
  readonly rights: {
    readonly change: boolean
    readonly delete: boolean
    readonly review: boolean
    readonly perform: boolean
  }
}

const MOST = 1000

/** A service event with everything that belongs to it, deleted or not. @throws RefusedError `not-found` */
export async function getServiceEventDetails(ctx: Context, id: number): Promise<ServiceEventDetails> {
  requirePermission(ctx, serviceEvent.permissions.view)
  const event = await getRecord(ctx, serviceEvent, id)
  // whoever may see an event may see what belongs to it
  const system = asSystem(ctx, 'service log')
  const rows = async (record: RecordType, where: Condition) =>
    (await listRecords(system, record, { where, order: [], limit: MOST, offset: 0 }, { total: 'none' })).rows
  const own = equals('serviceEvent', id)
  const [worked, parts, linkers, relatedEvents, faults] = await Promise.all([
    rows(hours, own),
    rows(partUsed, own),
    rows(groupLinkerInstance, own),
    rows(serviceEvent, related('serviceEventRelated', equals('id', id))),
    rows(fault, related('relatedServiceEvents', equals('id', id))),
  ])
  const [returns, comments, attachments, log] = await Promise.all([
    findReturnsOf(ctx.db, [id]),
    findOwnedComments(ctx.db, { kind: 'serviceEvent', id }),
    findAttachmentsOf(ctx.db, 'serviceEvent', [id]),
    findServiceLog(ctx.db, { serviceEventId: id, limit: 200 }),
  ])
  const people = await findPersonNames(ctx.db, [
    ...returns.map(({ assignedBy }) => assignedBy),
    ...[...comments, ...log].map(({ userId }) => userId),
  ])
  const may = (permission: string) => hasPermission(ctx.actor, permission)
  const isActive = event.isActive === true
  return {
    ...{ event, returns, comments, attachments, log, people, linkers, faults },
    hours: worked,
    partsUsed: parts,
    related: relatedEvents,
    rights: {
      change: isActive && may(serviceEvent.permissions.change),
      delete: may(serviceEvent.permissions.retire),
      review: isActive && may('machine-qa.service-event.review'),
      perform: isActive && may('machine-qa.return-to-service.perform') && may('machine-qa.session.perform'),
    },
  }
}
