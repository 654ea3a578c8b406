import { equals } from '../../../core/query.ts'
import { changeSession } from '../../../modules/machine-qa/change-session.ts'
import { createSession } from '../../../modules/machine-qa/perform-session.ts'
import type { PerformingContext } from '../../../modules/machine-qa/performing/performing-context.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import { NOT_FOUND, WireError } from '../../../platform/http/wire-error.ts'
import type { Endpoint, Exchange, Handler, Method } from '../endpoint.ts'
import { NOT_VOIDED } from '../resources/qa-resources.ts'
import { rowIdOf } from '../resources/row-id.ts'
import { parseBody } from '../wire/parse-body.ts'
import { parseChanges, parseSubmission } from './parse-session.ts'
import { presentPerformed } from './present-performed.ts'
import { SESSION_WRITE_FIELDS } from './session-write-fields.ts'

type Calculations = PerformingContext['calculations']

/** Adds to the endpoints of sessions, which can be read like others, what performs and changes them. */
export function withPerforming(endpoint: Endpoint, calculations: Calculations): Endpoint {
  const write: Endpoint['handlers'] =
    endpoint.kind === 'list' ? { post: performHandler(calculations) } : { patch: changeHandler(calculations) }
  return {
    ...endpoint,
    handlers: { ...endpoint.handlers, ...write },
    permission: sessionPermission,
    following: 'none',
    throttle: 'sessions',
    writes: SESSION_WRITE_FIELDS,
  }
}

function sessionPermission(method: Method): string {
  switch (method) {
    case 'POST':
      return 'machine-qa.session.perform'
    case 'PUT':
    case 'PATCH':
      return 'machine-qa.session.change'
    case 'DELETE':
      return 'machine-qa.session.void'
    default:
      return 'machine-qa.access'
  }
}

function performHandler(calculations: Calculations): Handler {
  return async (exchange) => {
    const ctx = { ...exchange.ctx, calculations }
    const submission = await parseSubmission(ctx, parseBody(exchange.request))
    const body = presentPerformed(exchange, await createSession(ctx, submission))
    return { status: 201, headers: { location: body.url }, body }
  }
}

function changeHandler(calculations: Calculations): Handler {
  return async (exchange) => {
    const ctx = { ...exchange.ctx, calculations }
    const id = await requireSession(exchange)
    const changes = await parseChanges(ctx, parseBody(exchange.request), id)
    return { body: presentPerformed(exchange, await changeSession(ctx, id, changes)) }
  }
}

/** Whether there is such a session is said before anything about the body. @throws WireError 404 */
async function requireSession({ ctx, id }: Exchange): Promise<number> {
  const rowId = rowIdOf(id)
  const { rows } = await listRecords(
    ctx,
    ctx.catalogue.get('machine-qa.session'),
    { where: { kind: 'all', of: [equals('id', rowId), NOT_VOIDED] }, order: [], limit: 1, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  if (rows.length === 0) throw new WireError(404, NOT_FOUND)
  return rowId
}
