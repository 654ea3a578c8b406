import type { FastifyInstance, FastifyRequest } from 'fastify'
import { findRecord } from '../../modules/records/get-record.ts'
import { detail, WireError } from '../../platform/http/wire-error.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { idOf, serveEndpoint } from './endpoint.ts'
import { sendList } from './list.ts'
import { presentRows } from './present.ts'
import { RESOURCES, type Resource } from './resource.ts'
import { sendJson } from './send-json.ts'
import type { DmlfSurroundings } from './surroundings.ts'

const READ_ONLY: readonly Resource[] = [
  RESOURCES.institutes,
  RESOURCES.methods,
  RESOURCES.fundingbodies,
  RESOURCES.projects,
  RESOURCES.sampletypes,
]

/** What can be read, and is made in the administration only. */
export function lookupRoutes(app: FastifyInstance, around: DmlfSurroundings): void {
  for (const resource of READ_ONLY) {
    const words = resource.model.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    serveEndpoint(app, {
      url: `/${resource.path}`,
      name: `${words} List`,
      access: around.access,
      handlers: { GET: (request, reply) => sendList(request, reply, resource, around.rootOf(request)) },
    })
    serveEndpoint(app, {
      url: `/${resource.path}/:id`,
      name: `${words} Instance`,
      access: around.access,
      handlers: {
        GET: async (request, reply) => {
          const row = await requested(request, resource)
          const [body] = await presentRows(request.ctx, resource, [row], around.rootOf(request))
          return sendJson(reply, body)
        },
      },
    })
  }
}

/** @throws WireError 404 in the documented words */
async function requested(request: FastifyRequest, resource: Resource): Promise<AnyRow> {
  const id = idOf(request)
  if (!/^\d{1,15}$/.test(id)) throw new WireError(404, detail('Not found.'))
  const row = await findRecord(request.ctx, resource.record, Number(id))
  if (!row || (row.retiredAt ?? null) !== null || row.listed === false)
    throw new WireError(404, detail(`No ${resource.model} matches the given query.`))
  return row
}
