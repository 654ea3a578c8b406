import type { Context } from '../../../context.ts'
import type { FaultDetails } from '../../../modules/machine-qa/service/fault-details.ts'
import type { PartDetails } from '../../../modules/machine-qa/service/part-details.ts'
import type { ServiceChoices } from '../../../modules/machine-qa/service/service-choices.ts'
import type { ServiceEventDetails } from '../../../modules/machine-qa/service/service-event-details.ts'
import type { UnitFile } from '../../../modules/machine-qa/service/unit-file.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { presentRecords } from '../present-record.ts'
import type { WireFault } from './fault.schema.ts'
import { presentAttachment } from './present-test.ts'
import type {
  WirePart,
  WireReturn,
  WireRow,
  WireServiceChoices,
  WireServiceEvent,
  WireUnitFile,
} from './service.schema.ts'

/** Rows of a record with the names of what they refer to. */
async function rows(ctx: Context, record: string, found: readonly AnyRow[]): Promise<WireRow[]> {
  const presented = await presentRecords(ctx, ctx.catalogue.get(`machine-qa.${record}`), found)
  return found.map(({ id, version }, index) => ({ ...presented[index], id, version }))
}

async function oneRow(ctx: Context, record: string, row: AnyRow): Promise<WireRow> {
  const [presented] = await rows(ctx, record, [row])
  return presented ?? { id: row.id, version: row.version }
}

type People = ServiceEventDetails['people']

function nameIn(people: People, id: number | null): string | null {
  const person = id === null ? undefined : people.get(id)
  return person === undefined ? null : person.fullName || person.username
}

function remarks(comments: ServiceEventDetails['comments'], people: People) {
  return comments.map(({ id, submitDate, userId, comment }) => ({
    id,
    at: submitDate.toISOString(),
    by: nameIn(people, userId),
    text: comment,
  }))
}

export async function presentServiceEvent(
  ctx: Context,
  details: ServiceEventDetails,
): Promise<WireServiceEvent> {
  const { people, rights } = details
  const [event, hours, partsUsed, linkers, related, faults] = await Promise.all([
    oneRow(ctx, 'service-event', details.event),
    rows(ctx, 'hours', details.hours),
    rows(ctx, 'part-used', details.partsUsed),
    rows(ctx, 'group-linker-instance', details.linkers),
    rows(ctx, 'service-event', details.related),
    rows(ctx, 'fault', details.faults),
  ])
  return {
    ...{ event, hours, partsUsed, linkers, related, faults, rights },
    returns: details.returns.map((entry) => presentReturn(entry, people)),
    comments: remarks(details.comments, people),
    attachments: details.attachments.map(presentAttachment),
    log: details.log.map(({ id, kind, happened, userId, detail }) => ({
      ...{ id, kind, detail },
      at: happened.toISOString(),
      by: nameIn(people, userId),
    })),
  }
}

function presentReturn(entry: ServiceEventDetails['returns'][number], people: People): WireReturn {
  const { id, assignmentId, assignmentName, assignedAt, assignedBy, session } = entry
  return {
    id,
    assignmentId,
    name: assignmentName,
    assignedAt: assignedAt?.toISOString() ?? null,
    assignedBy: nameIn(people, assignedBy),
    state: stateOf(session),
    sessionId: session?.id ?? null,
    completedAt: session && !session.inProgress ? session.completed.toISOString() : null,
  }
}

function stateOf(session: ServiceEventDetails['returns'][number]['session']): WireReturn['state'] {
  if (session === null) return 'todo'
  if (session.inProgress) return 'progress'
  return session.allReviewed ? 'done' : 'unreviewed'
}

export async function presentChoices(ctx: Context, choices: ServiceChoices): Promise<WireServiceChoices> {
  const areas = await rows(ctx, 'unit-service-area', choices.areas)
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const id = (value: unknown) => (typeof value === 'number' ? value : null)
  const named = (row: AnyRow) => ({ id: row.id, name: String(row.name ?? '') })
  return {
    areas: areas.map((row) => ({ id: row.id, name: labelOf(row.serviceArea) })),
    types: choices.types.map((row) => ({ ...named(row), isReviewRequired: row.isReviewRequired === true })),
    statuses: choices.statuses.map((row) => ({
      ...named(row),
      colour: String(row.colour),
      isDefault: row.isDefault === true,
      isReviewRequired: row.isReviewRequired === true,
      rtsQaMustBeReviewed: row.rtsQaMustBeReviewed === true,
      meaning: String(row.meaning ?? 'done'),
    })),
    templates: choices.templates.map((row) => ({
      ...named(row),
      serviceTypeId: id(row.serviceType),
      serviceAreaId: id(row.serviceArea),
      problemDescription: text(row.problemDescription),
      workDescription: text(row.workDescription),
      isReviewRequired: row.isReviewRequired === true,
    })),
    thirdParties: choices.thirdParties.map((row) => ({
      id: row.id,
      name: `${row.firstName} ${row.lastName}`,
    })),
    linkers: choices.linkers.map((row) => ({
      ...named(row),
      multiple: row.multiple === true,
      required: row.required === true,
      helpText: text(row.helpText),
    })),
    people: choices.people,
    assignments: choices.assignments.map(({ id: assignmentId, name }) => ({ id: assignmentId, name })),
  }
}

function labelOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'label' in value ? String(value.label) : ''
}

export async function presentPart(ctx: Context, details: PartDetails): Promise<WirePart> {
  return {
    part: await oneRow(ctx, 'part', details.part),
    places: await rows(ctx, 'part-storage', details.places),
    suppliers: await rows(ctx, 'part-supplier', details.suppliers),
    movements: await rows(ctx, 'stock-movement', details.movements),
    uses: await rows(ctx, 'part-used', details.uses),
    attachments: details.attachments.map(presentAttachment),
  }
}

export async function presentFault(ctx: Context, details: FaultDetails): Promise<WireFault> {
  const { fault, groups, reviews, people } = details
  const given = (reviewGroupId: number | null) => {
    const review = reviews.find((each) => each.reviewGroupId === reviewGroupId)
    return {
      at: review?.reviewed.toISOString() ?? null,
      by: review ? nameIn(people, review.reviewedBy) : null,
    }
  }
  const onNobodysBehalf = reviews.some(({ reviewGroupId }) => reviewGroupId === null)
  return {
    fault: await oneRow(ctx, 'fault', fault),
    reportedBy: nameIn(people, typeof fault.createdBy === 'number' ? fault.createdBy : null),
    reviews: [
      ...groups.map(({ id, name, required }) => ({ group: name, required, ...given(id) })),
      ...(groups.length === 0 || onNobodysBehalf ? [{ group: null, required: false, ...given(null) }] : []),
    ],
    comments: remarks(details.comments, people),
    attachments: details.attachments.map(presentAttachment),
    mayReview: details.mayReview,
  }
}

export async function presentUnitFile(
  ctx: Context,
  { contacts, documents }: UnitFile,
): Promise<WireUnitFile> {
  return {
    contacts: await rows(ctx, 'contact', contacts),
    documents: documents.map(presentAttachment),
  }
}
