import type { Context } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { compare, equals } from '../../../core/query.ts'
import { allowedTransitions } from '../../../modules/lims/allowed-transitions.ts'
import type { ResultRange } from '../../../modules/lims/domain/result-range.ts'
import {
  REQUEST_STATES,
  type RequestState,
  SAMPLE_STATES,
  type SampleState,
} from '../../../modules/lims/domain/workflow/states.ts'
import { findAnalysesOfRequests } from '../../../modules/lims/find-analyses.ts'
import { isLate, type SampleView } from '../../../modules/lims/list-samples.ts'
import { partition } from '../../../modules/lims/records/partition.ts'
import { request } from '../../../modules/lims/records/request.ts'
import { sample } from '../../../modules/lims/records/sample.ts'
import { relatedRows } from '../../../modules/lims/related-rows.ts'
import { samplePrice } from '../../../modules/lims/sample-price.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { isoOf, presentAnalyses, textOf } from './present-analyses.ts'
import type { WireNamed, WirePartition, WireSample, WireSampleRow } from './samples.schema.ts'

const NOBODY: WireNamed = { id: 0, name: '' }

/** A line of a list of samples. */
export function presentSampleRow(
  ctx: Context,
  { request: row, sample: material, related, progress }: SampleView,
): WireSampleRow {
  const { named } = related
  return {
    id: row.id,
    sampleId: material.id,
    uid: String(row.uid),
    objectId: String(row.objectId),
    sampleObjectId: String(material.objectId),
    client: named('lims.client', row.client) ?? NOBODY,
    contact: named('lims.contact', row.contact) ?? NOBODY,
    sampleType: named('lims.sample-type', material.sampleType) ?? NOBODY,
    samplePoint: named('lims.sample-point', material.samplePoint),
    batch: named('lims.batch', row.batch),
    priority: named('lims.priority', row.priority),
    clientSampleId: textOf(material.clientSampleId),
    clientReference: textOf(material.clientReference),
    clientOrderNumber: textOf(row.clientOrderNumber),
    state: String(row.state),
    stateTitle: REQUEST_STATES[row.state as RequestState],
    cancelled: row.cancelled === true,
    assigned: row.assigned === true,
    samplingDate: isoOf(material.samplingDate),
    dateReceived: isoOf(row.dateReceived),
    dueDate: isoOf(row.dueDate),
    dateVerified: isoOf(row.dateVerified),
    datePublished: isoOf(row.datePublished),
    registeredAt: isoOf(row.createdAt) ?? '',
    late: isLate(ctx, row),
    progress,
  }
}

const ENDED: ReadonlySet<unknown> = new Set(['published', 'invalid', 'rejected'])

/** A sample with everything in it. */
export async function presentSample(ctx: Context, view: SampleView): Promise<WireSample> {
  const { request: row, sample: material, related } = view
  const { named } = related
  const [analyses, partitions, siblings, moves, sampleMoves] = await Promise.all([
    findAnalysesOfRequests(ctx, [row.id]),
    presentPartitions(ctx, material.id),
    siblingsOf(ctx, row),
    allowedTransitions(ctx, request, [row]),
    allowedTransitions(ctx, sample, [material]),
  ])
  const charged = analyses.filter(
    ({ state, cancelled }) => state !== 'retracted' && state !== 'rejected' && cancelled !== true,
  )
  const profiles = row.profiles as readonly number[]
  return {
    ...presentSampleRow(ctx, view),
    ...factsOf(view),
    ccContacts: namedList(view, 'lims.contact', row.ccContact),
    profiles: namedList(view, 'lims.profile', row.profiles),
    specification: named('lims.specification', row.specification),
    publicationSpecification: named('lims.specification', row.publicationSpecification),
    template: named('lims.template', row.template),
    subGroup: named('lims.sub-group', row.subGroup),
    sampleCondition: named('lims.sample-condition', material.sampleCondition),
    samplingDeviation: named('lims.sampling-deviation', material.samplingDeviation),
    storageLocation: named('lims.storage-location', material.storageLocation),
    follows: named('lims.request', row.parentRequest),
    followedBy: named('lims.request', row.childRequest),
    siblings,
    partitions,
    analyses: await presentAnalyses(ctx, analyses),
    price: await samplePrice(
      ctx,
      related.row('lims.client', row.client),
      profiles,
      new Map(
        charged.map((each) => [
          Number(each.service),
          { price: Number(each.price), vatPercent: Number(each.vat) },
        ]),
      ),
    ),
    moves: moves.get(row.id) ?? [],
    sampleMoves: sampleMoves.get(material.id) ?? [],
    editable:
      hasPermission(ctx.actor, 'lims.sample.change') && !ENDED.has(row.state) && row.cancelled !== true,
  }
}

type Facts = Pick<
  WireSample,
  | 'version'
  | 'path'
  | 'ccEmails'
  | 'ranges'
  | 'remarks'
  | 'resultsInterpretation'
  | 'reportDryMatter'
  | 'invoiceExclude'
  | 'sampler'
  | 'dateSampled'
  | 'sampleState'
  | 'environmentalConditions'
  | 'adHoc'
  | 'composite'
  | 'disposalDate'
  | 'rejectionReasons'
>

function factsOf({ request: row, sample: material }: SampleView): Facts {
  return {
    version: row.version,
    path: String(row.path),
    ccEmails: textOf(row.ccEmails),
    ranges: row.resultsRange as readonly ResultRange[],
    remarks: textOf(row.remarks),
    resultsInterpretation: textOf(row.resultsInterpretation),
    reportDryMatter: row.reportDryMatter === true,
    invoiceExclude: row.invoiceExclude === true,
    sampler: textOf(material.sampler),
    dateSampled: isoOf(material.dateSampled),
    sampleState: String(material.state),
    environmentalConditions: textOf(material.environmentalConditions),
    adHoc: material.adHoc === true,
    composite: material.composite === true,
    disposalDate: isoOf(material.disposalDate),
    rejectionReasons: row.rejectionReasons as readonly string[],
  }
}

function namedList({ related }: SampleView, record: string, ids: unknown): readonly WireNamed[] {
  return Array.isArray(ids) ? ids.flatMap((id) => related.named(record, id) ?? []) : []
}

async function presentPartitions(ctx: Context, sampleId: number): Promise<readonly WirePartition[]> {
  const query = {
    where: equals('sample', sampleId),
    order: [{ path: ['id'], direction: 'asc' } as const],
    limit: 500,
    offset: 0,
  }
  const { rows } = await listRecords(ctx, partition, query, { total: 'none', relations: 'none' })
  const found = await relatedRows(ctx, [{ record: partition, rows }])
  return rows.map((row) => ({
    id: row.id,
    objectId: String(row.objectId),
    container: found.named('lims.container', row.container),
    preservation: found.named('lims.preservation', row.preservation),
    state: String(row.state),
    stateTitle: SAMPLE_STATES[row.state as SampleState],
  }))
}

async function siblingsOf(ctx: Context, row: AnyRow): Promise<readonly WireNamed[]> {
  const where = compare('sample', 'exact', Number(row.sample))
  const { rows } = await listRecords(
    ctx,
    request,
    { where, order: [{ path: ['id'], direction: 'asc' }], limit: 100, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return rows.filter(({ id }) => id !== row.id).map((each) => ({ id: each.id, name: String(each.objectId) }))
}
