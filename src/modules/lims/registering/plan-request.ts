import type { Context } from '../../../context.ts'
import { all, compare, equals } from '../../../core/query.ts'
import type { RecordType } from '../../../core/record.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { attachReferences } from '../../records/attach-references.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import type { ResultRange } from '../domain/result-range.ts'
import { client } from '../records/client.ts'
import { contact } from '../records/contact.ts'
import { profile } from '../records/profile.ts'
import { sample } from '../records/sample.ts'
import { sampleType } from '../records/sample-type.ts'
import { specification } from '../records/specification.ts'
import { template } from '../records/template.ts'
import { findObjects } from '../store/objects.ts'
import { loadServices, type OfferedService } from './load-services.ts'
import type { NewPartition, NewRequest } from './new-request.ts'

/** A request with all that it names, looked up and checked. */
export type PlannedRequest = {
  readonly given: NewRequest
  readonly client: AnyRow
  readonly sample: AnyRow | undefined
  readonly sampleType: AnyRow
  readonly services: readonly OfferedService[]
  readonly profiles: readonly number[]
  readonly partitions: readonly NewPartition[]
  readonly specification: AnyRow | undefined
  readonly resultsRange: readonly ResultRange[]
  readonly hidden: ReadonlySet<string>
}

/**
 * Looks up what a request names, expands its template and profiles into services and their dependencies, and finds
 * the ranges that hold for it.
 *
 * @throws RefusedError `invalid-input` naming what is missing, unknown or somebody else's
 */
export async function planRequest(tx: Context, given: NewRequest): Promise<PlannedRequest> {
  const [owner] = await findRecords(tx, client, [given.client])
  if (!owner || owner.retiredAt !== null) throw invalidInput('client', 'Client not found')
  await requireContact(tx, given)
  const chosen = given.template ? await getOne(tx, template, 'template', given.template) : undefined
  const existing = given.sample ? await getOne(tx, sample, 'sample', given.sample) : undefined
  const type = await sampleTypeOf(tx, given, chosen, existing)
  const profiles = unique([...(given.profiles ?? []), ...idsIn(chosen?.analysisProfile)])
  const asked = unique([
    ...(given.services ?? []),
    ...(await servicesOfProfiles(tx, profiles)),
    ...idsIn(chosen?.services),
  ])
  if (asked.length === 0) throw invalidInput('services', 'Choose at least one analysis.')
  const services = await loadServices(tx, asked)
  const spec = await specificationOf(tx, given, type.id)
  const keywords = new Set(services.map(({ snapshot }) => snapshot.keyword))
  return {
    given: withTemplate(given, chosen),
    client: owner,
    sample: existing,
    sampleType: type,
    services,
    profiles,
    partitions: given.partitions ?? (await partitionsOf(tx, chosen, services)),
    specification: spec,
    resultsRange: mergeRanges(listOf<ResultRange>(spec?.resultsRange), given.resultsRange ?? [], keywords),
    hidden: hiddenServices(given.analysisServicesSettings ?? [], listOf(chosen?.analysisServicesSettings)),
  }
}

type Visibility = { readonly uid: string; readonly hidden: boolean }

/** UIDs of services that reports leave out; the request's word wins over the template's. */
function hiddenServices(own: readonly Visibility[], ofTemplate: readonly Visibility[]): ReadonlySet<string> {
  const settled = new Map([...ofTemplate, ...own].map(({ uid, hidden }) => [uid, hidden]))
  return new Set([...settled].flatMap(([uid, hidden]) => (hidden ? [uid] : [])))
}

async function sampleTypeOf(
  tx: Context,
  given: NewRequest,
  chosen: AnyRow | undefined,
  existing: AnyRow | undefined,
): Promise<AnyRow> {
  if (existing && existing.client !== given.client)
    throw invalidInput('sample', 'This sample belongs to another client.')
  const id = existing?.sampleType ?? given.sampleType ?? chosen?.sampleType
  if (typeof id !== 'number') throw invalidInput('sampleType', 'This is required.')
  if (!existing && !given.samplingDate) throw invalidInput('samplingDate', 'This is required.')
  return getOne(tx, sampleType, 'sampleType', id)
}

async function requireContact(tx: Context, given: NewRequest): Promise<void> {
  const wanted = unique([given.contact, ...(given.ccContact ?? [])])
  const people = await findRecords(tx, contact, wanted)
  const theirs = new Set(people.filter((person) => person.client === given.client).map(({ id }) => id))
  if (!theirs.has(given.contact)) throw invalidInput('contact', 'The contact must belong to the client.')
  if (wanted.some((id) => !theirs.has(id)))
    throw invalidInput('ccContact', 'The contacts must belong to the client.')
}

async function getOne(tx: Context, record: RecordType, field: string, id: number): Promise<AnyRow> {
  const [row] = await attachReferences(tx.db, record, await findRecords(tx, record, [id]))
  if (!row) throw invalidInput(field, 'This names a record that does not exist.')
  return row
}

async function servicesOfProfiles(tx: Context, ids: readonly number[]): Promise<readonly number[]> {
  const rows = await attachReferences(tx.db, profile, await findRecords(tx, profile, ids))
  if (rows.length < ids.length) throw invalidInput('profiles', 'This names a record that does not exist.')
  return rows.flatMap((row) => idsIn(row.service))
}

/** The specification that was chosen, else the client's for this type, else the laboratory's. */
async function specificationOf(tx: Context, given: NewRequest, typeId: number): Promise<AnyRow | undefined> {
  if (given.specification) return getOne(tx, specification, 'specification', given.specification)
  if (given.resultsRange) return undefined
  const ofClient = {
    kind: 'any',
    of: [equals('client', given.client), compare('client', 'isnull', true)],
  } as const
  const where = all(equals('sampleType', typeId), compare('retiredAt', 'isnull', true), ofClient)
  const { rows } = await listRecords(
    tx,
    specification,
    { where, order: [], limit: 50, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return rows.find((row) => row.client !== null) ?? rows[0]
}

/** Ranges of the services that are asked for; later ones win. */
function mergeRanges(
  base: readonly ResultRange[],
  own: readonly ResultRange[],
  keywords: ReadonlySet<string>,
): readonly ResultRange[] {
  return [...new Map([...base, ...own].map((range) => [range.keyword, range])).values()].filter(
    ({ keyword }) => keywords.has(keyword),
  )
}

/** What a template says is used where the request says nothing. */
function withTemplate(given: NewRequest, chosen: AnyRow | undefined): NewRequest {
  if (!chosen) return given
  return {
    ...given,
    samplePoint: given.samplePoint ?? (typeof chosen.samplePoint === 'number' ? chosen.samplePoint : null),
    composite: given.composite ?? chosen.composite === true,
    reportDryMatter: given.reportDryMatter ?? chosen.reportDryMatter === true,
  }
}

async function partitionsOf(
  tx: Context,
  chosen: AnyRow | undefined,
  services: readonly OfferedService[],
): Promise<readonly NewPartition[]> {
  const parts = listOf<{ part_id: string; container_uid?: string; preservation_uid?: string }>(
    chosen?.partitions,
  )
  if (parts.length === 0) return [{}]
  const placed = new Map(
    Object.entries((chosen?.servicePartitions ?? {}) as Readonly<Record<string, string>>),
  )
  const idByUid = await idsOfUids(
    tx,
    parts.flatMap(({ container_uid, preservation_uid }) => [container_uid ?? '', preservation_uid ?? '']),
  )
  return parts.map(({ part_id, container_uid = '', preservation_uid = '' }) => ({
    container: idByUid.get(container_uid) ?? null,
    preservation: idByUid.get(preservation_uid) ?? null,
    services: services.flatMap(({ row }) => (placed.get(String(row.uid)) === part_id ? [row.id] : [])),
  }))
}

async function idsOfUids(tx: Context, uids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = await findObjects(tx.db, { uids: unique(uids).filter(Boolean) })
  return new Map(found.map(({ uid, rowId }) => [uid, rowId]))
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

function idsIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'number') : []
}

function listOf<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? value : []
}
