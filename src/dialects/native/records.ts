import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RecordType } from '../../core/record.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { findHistory } from '../../modules/audit/find-history.ts'
import { getRecord } from '../../modules/records/get-record.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { removeRecord, retireRecord } from '../../modules/records/retire-record.ts'
import { changeRecord, createRecord } from '../../modules/records/save-record.ts'
import { formatOf, sendExport } from './export-records.ts'
import { parseListQuery, wholeNumber } from './parse-list-query.ts'
import { presentRecords } from './present-record.ts'

export type ById = { Params: { id: string } }

/** The endpoints of one declared record below `/api/v1/<module>/<path>`. */
export function recordRoutes(app: FastifyInstance, record: RecordType): void {
  const path = addressOf(record)

  app.get(path, async (request, reply) => {
    const parameters = parametersOf(request)
    const query = parseListQuery(request.ctx, record, parameters)
    const format = formatOf(parameters)
    if (format !== 'json')
      return sendExport(request, reply, record, { query, format, columns: parameters.get('columns') })
    const total = parameters.get('total') === 'none' ? 'none' : 'exact'
    const page = await listRecords(request.ctx, record, query, { total })
    return {
      items: await presentRecords(request.ctx, record, page.rows),
      total: page.total,
      limit: query.limit,
      offset: query.offset,
    }
  })

  app.get<ById>(`${path}/:id`, async (request) =>
    present(request, record, await getRecord(request.ctx, record, idOf(request))),
  )

  app.get<ById>(`${path}/:id/history`, async (request) => {
    await getRecord(request.ctx, record, idOf(request))
    const parameters = parametersOf(request)
    const entries = await findHistory(request.ctx, record.name, idOf(request), {
      limit: wholeNumber(parameters, 'limit', 200, 1, 1000),
      offset: wholeNumber(parameters, 'offset', 0, 0, 100_000_000),
    })
    return {
      items: entries.map(({ actor, ...entry }) => ({ ...entry, actor: { id: actor.id, label: actor.name } })),
    }
  })

  if (record.writer === 'verbs') return

  app.post(path, async (request, reply) => {
    const row = await createRecord(request.ctx, record, objectBody(request))
    reply.code(201).header('location', `${path}/${row.id}`)
    return present(request, record, row)
  })

  app.patch<ById>(`${path}/:id`, async (request) => {
    const { version, reason, ...values } = objectBody(request)
    if (typeof version !== 'number') throw invalidInput('version', 'This is required: the version you read.')
    return present(
      request,
      record,
      await changeRecord(request.ctx, record, idOf(request), version, values, reasonOf(reason)).catch(
        (error: unknown) => presentingCurrent(request, record, error),
      ),
    )
  })

  app.delete<ById>(`${path}/:id`, async (request, reply) => {
    await removeRecord(request.ctx, record, idOf(request))
    return reply.code(204).send()
  })

  if (!record.retirable) return
  for (const move of ['retire', 'restore'] as const) {
    app.post<ById>(`${path}/:id/${move}`, async (request) => {
      const { reason } = objectBody(request)
      return present(
        request,
        record,
        await retireRecord(request.ctx, record, idOf(request), move, reasonOf(reason)),
      )
    })
  }
}

/** Where a record's endpoints stand. */
export function addressOf(record: RecordType): string {
  return `/api/v1/${record.module}/${record.path}`
}

async function present(
  request: Pick<FastifyRequest, 'ctx'>,
  record: RecordType,
  row: Awaited<ReturnType<typeof getRecord>>,
) {
  const [presented] = await presentRecords(request.ctx, record, [row])
  return presented
}

/** A lost change tells what is stored now in the form in which it would have been read. */
async function presentingCurrent(
  request: FastifyRequest<ById>,
  record: RecordType,
  error: unknown,
): Promise<never> {
  if (!(error instanceof RefusedError) || error.refusal.kind !== 'conflict' || !error.refusal.current)
    throw error
  const stored = await getRecord(request.ctx, record, idOf(request))
  const current = await present(request, record, stored)
  throw new RefusedError({ ...error.refusal, ...(current ? { current } : {}) })
}

/** The query as it was sent, repeated names and all. */
export function parametersOf(request: FastifyRequest): URLSearchParams {
  const at = request.url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
}

/** The id in the path. @throws RefusedError `invalid-input` */
export function idOf(request: FastifyRequest<ById>): number {
  const { id } = request.params
  if (!/^\d{1,9}$/.test(id)) throw invalidInput('id', 'This must be a whole number.')
  return Number(id)
}

/** The body as an object; none is an empty one. */
export function objectBody(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const { body } = request
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body))
    throw invalidInput('', 'The body must be a JSON object.')
  return body as Readonly<Record<string, unknown>>
}

function reasonOf(reason: unknown): string | undefined {
  if (reason === undefined || reason === null || reason === '') return undefined
  if (typeof reason !== 'string' || reason.length > 2000)
    throw invalidInput('reason', 'This must be text of 2000 characters at most.')
  return reason
}
