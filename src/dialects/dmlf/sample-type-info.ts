import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { describeTypeByName } from '../../modules/research/describe-type-by-name.ts'
import { refuseProblems } from '../../platform/http/wire-error.ts'
import { idOf, parametersOf, serveEndpoint } from './endpoint.ts'
import { sendJson } from './send-json.ts'
import type { DmlfSurroundings } from './surroundings.ts'

const NAME = 'Sample Type Info'

/** `/api/sample-type-info/?sample_type_name=Battery`, and the older form with the name in the path. */
export function sampleTypeInfoRoutes(app: FastifyInstance, { access }: DmlfSurroundings): void {
  serveEndpoint(app, {
    url: '/api/sample-type-info',
    name: NAME,
    access,
    handlers: {
      GET: async (request, reply) => {
        const name = parametersOf(request).get('sample_type_name')
        if (name === null) refuseProblems({ sample_type_name: ['This field is required.'] })
        return sendInfo(request, reply, name ?? '')
      },
    },
  })
  serveEndpoint(app, {
    url: '/api/sample-type-info/:id',
    name: NAME,
    access,
    handlers: { GET: (request, reply) => sendInfo(request, reply, idOf(request)) },
  })
}

async function sendInfo(request: FastifyRequest, reply: FastifyReply, name: string): Promise<FastifyReply> {
  const described = name.includes('\0') ? undefined : await describeTypeByName(request.ctx, name)
  return described ? sendJson(reply, described) : sendJson(reply, { error: 'Sample type not found' }, 404)
}
