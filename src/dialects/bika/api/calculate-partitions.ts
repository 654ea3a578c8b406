import { EVERYTHING } from '../../../core/query.ts'
import { millilitres, type PartitionNeed, planParts } from '../../../modules/lims/domain/plan-partitions.ts'
import { findRecords, listRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { type Call, type Endpoint, requireSignedIn } from '../endpoint.ts'
import { textOf, textsOf } from '../wire/parameters.ts'
import { WireError } from '../wire-error.ts'
import { resolveReference } from './resolve-reference.ts'

/** `calculate_partitions`: which containers a set of services needs. @see specification 1.13 */
export const calculatePartitions: Endpoint = async (call) => {
  requireSignedIn(call.ctx)
  const texts = textsOf(call.parameters.get('services'))
    .flatMap((text) => (text.includes('|') ? [text] : text.split(',')))
    .filter((text) => text.trim() !== '')
  if (texts.length === 0) throw new WireError('services are not present in request')
  const typeText = textOf(call.parameters, 'sampletype')
  if (typeText === undefined || typeText === '')
    throw new WireError('sampletype is not present in the request')
  const services = await Promise.all(
    texts.map((text) => oneRow(call, 'lims.service', text, `analysis service uid ${text} is invalid`)),
  )
  const type = await oneRow(call, 'lims.sample-type', typeText, `sample type ${typeText} is invalid`)
  const containers = await everyRow(call, 'lims.container')
  const preservations = await everyRow(call, 'lims.preservation')
  const capacities = new Map(containers.map((row) => [String(row.uid), millilitres(row.capacity)]))
  const parts = planParts(
    services.map((row) => needOf(row, type, containers, preservations)),
    capacities,
  )
  const title = (rows: readonly AnyRow[]) => (uid: string) =>
    String(rows.find((row) => row.uid === uid)?.title ?? '')
  return {
    parts: parts.map((part) => ({
      services: part.services,
      service_titles: part.services.map(title(services)),
      separate: part.separate,
      container: part.containers,
      container_titles: part.containers.map(title(containers)),
      preservation: part.preservations,
      preservation_titles: part.preservations.map(title(preservations)),
      minvol: `${(part.volumeMl / 1_000_000).toFixed(4)} m3 `,
    })),
  }
}

async function oneRow({ ctx, around }: Call, record: string, text: string, problem: string): Promise<AnyRow> {
  const ids = await resolveReference(ctx, around, '', record, text).catch((error: unknown) => {
    if (error instanceof WireError) throw new WireError(problem)
    throw error
  })
  const [row] = await findRecords(ctx, ctx.catalogue.get(record), ids.slice(0, 1))
  if (!row) throw new WireError(problem)
  return row
}

async function everyRow({ ctx }: Call, record: string): Promise<readonly AnyRow[]> {
  return (
    await listRecords(
      ctx,
      ctx.catalogue.get(record),
      { where: EVERYTHING, order: [], limit: 5000, offset: 0 },
      { total: 'none', relations: 'none' },
    )
  ).rows
}

/** What the service says for this sample type, else its defaults and the least volume of the type. */
function needOf(
  service: AnyRow,
  type: AnyRow,
  containers: readonly AnyRow[],
  preservations: readonly AnyRow[],
): PartitionNeed {
  const setups = service.partitionSetup as readonly Readonly<Record<string, unknown>>[]
  const setup = setups.find(({ sampletype }) => sampletype === type.uid)
  const wanted = setup ? textList(setup.container) : uidOf(containers, service.container)
  const byType = (uid: string) => containers.filter((row) => row.uid === uid)
  const sorted = [...new Set(wanted.flatMap((uid) => byType(uid).map((row) => String(row.uid))))].sort(
    (a, b) => millilitres(byType(a)[0]?.capacity) - millilitres(byType(b)[0]?.capacity),
  )
  return {
    service: String(service.uid),
    separate: setup ? Boolean(setup.separate) : service.separate === true,
    containers: sorted,
    preservations: setup ? textList(setup.preservation) : uidOf(preservations, service.preservation),
    volumeMl: millilitres(setup?.vol ?? type.minimumVolume),
  }
}

function uidOf(rows: readonly AnyRow[], id: unknown): readonly string[] {
  const row = rows.find((each) => each.id === id)
  return row ? [String(row.uid)] : []
}

function textList(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' && value !== '' ? [value] : []
}
