import { RefusedError } from '../../../core/refusal.ts'
import { deleteServiceEvent } from '../../../modules/machine-qa/service/delete-service-event.ts'
import { findRecord } from '../../../modules/records/get-record.ts'
import { removeRecord } from '../../../modules/records/retire-record.ts'
import { changeRecord, createRecord } from '../../../modules/records/save-record.ts'
import { NOT_FOUND, WireError } from '../../../platform/http/wire-error.ts'
import type { Catalogue } from '../../../platform/records/catalogue.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { Answered, Endpoint, Exchange } from '../endpoint.ts'
import { readingContext } from '../resources/list-resource.ts'
import { presentRows } from '../resources/present-rows.ts'
import { rowIdOf } from '../resources/row-id.ts'
import { fieldNameOf, type WireResource } from '../resources/wire-resource.ts'
import { resourceLink } from '../wire/links.ts'
import { parseBody } from '../wire/parse-body.ts'
import { readObject, type Written } from './read-object.ts'
import { writeFieldsOf } from './write-fields.ts'

/** Adds to the endpoints of a resource, which can be read like others, what makes, changes and removes its objects. */
export function withWrites(
  endpoint: Endpoint,
  catalogue: Catalogue,
  resources: ReadonlyMap<string, WireResource>,
): Endpoint {
  const { resource } = endpoint
  if (!resource?.writes) return endpoint
  const written: Written = {
    resource,
    resources,
    record: catalogue.get(resource.record),
    writes: resource.writes,
  }
  const handlers: Endpoint['handlers'] =
    endpoint.kind === 'list'
      ? { post: (exchange) => add(exchange, written) }
      : {
          put: (exchange) => change(exchange, written, 'whole'),
          patch: (exchange) => change(exchange, written, 'part'),
          delete: (exchange) => remove(exchange, written),
        }
  return { ...endpoint, handlers: { ...endpoint.handlers, ...handlers }, writes: writeFieldsOf(written) }
}

async function add(exchange: Exchange, written: Written): Promise<Answered> {
  const { ctx, links, request } = exchange
  const values = await readObject(ctx, written, parseBody(request), 'whole')
  const row = await inWords(written, () => createRecord(ctx, written.record, values))
  return {
    status: 201,
    headers: { location: resourceLink(links, written.resource.path, row.id) },
    body: await shown(exchange, written, row),
  }
}

async function change(exchange: Exchange, written: Written, scope: 'whole' | 'part'): Promise<Answered> {
  const { ctx, request } = exchange
  const before = await findExisting(exchange, written)
  const values = await readObject(ctx, written, parseBody(request), scope, before)
  const row = await inWords(written, () =>
    changeRecord(ctx, written.record, before.id, before.version, values),
  )
  return { body: await shown(exchange, written, row) }
}

async function remove(exchange: Exchange, written: Written): Promise<Answered> {
  const { id } = await findExisting(exchange, written)
  // what happened to a unit is not forgotten: the event only leaves the lists
  if (written.record.name === 'machine-qa.service-event')
    await deleteServiceEvent(exchange.ctx, id, 'delete', 'Deleted over the API')
  else await removeRecord(exchange.ctx, written.record, id)
  return { status: 204 }
}

/** @throws WireError 404 also for what this API does not show */
async function findExisting({ ctx, id }: Exchange, { resource, record }: Written): Promise<AnyRow> {
  const row = await findRecord(readingContext(ctx, resource), record, rowIdOf(id), resource.within)
  if (!row) throw new WireError(404, NOT_FOUND)
  return row
}

async function shown(exchange: Exchange, { resource }: Written, row: AnyRow): Promise<unknown> {
  const ctx = readingContext(exchange.ctx, resource)
  const [object] = await presentRows({ ...exchange, ctx }, resource, [row], 'detail')
  return object
}

/** Runs a verb and names the fields that it refuses by their documented names. */
async function inWords<T>({ resource }: Written, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const { refusal } = error
    const wireName = (field: string) => resource.fields.find((name) => fieldNameOf(name) === field) ?? field
    if (refusal.kind === 'invalid-input') {
      const problems = refusal.problems.map(({ field, problem }) => ({ field: wireName(field), problem }))
      throw new RefusedError({ ...refusal, problems })
    }
    throw error
  }
}
