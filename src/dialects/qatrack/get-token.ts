import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { authenticatePassword } from '../../modules/access/authenticate-password.ts'
import { getOrCreateToken } from '../../modules/access/get-or-create-token.ts'
import { routeBothSpellings } from '../../platform/http/both-spellings.ts'
import { detail, WireError } from '../../platform/http/wire-error.ts'
import { METHODS } from './methods.ts'
import { parseText } from './wire/field-values.ts'
import { parseBody } from './wire/parse-body.ts'
import { fieldReader, REQUIRED, refuseProblems } from './wire/read-fields.ts'
import { renderJson } from './wire/render-json.ts'

/** Names and passwords need no more, and nobody is known yet who could be trusted with more. */
const LARGEST_BODY = 64 * 1024

const ABOUT = {
  name: 'Obtain Auth Token',
  description: 'Gives the API token of a user for name and password.',
  renders: ['application/json'],
  parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
}

/** `POST /api/get-token/`: the caller's one token for user name and password. It looks at no other credential. */
export function getTokenRoute(app: FastifyInstance, access: Access): void {
  routeBothSpellings(app, {
    method: [...METHODS],
    url: '/api/get-token/',
    bodyLimit: LARGEST_BODY,
    handler: async (request, reply) => {
      reply.headers({ allow: 'POST, OPTIONS', vary: 'Accept' }).type('application/json')
      return reply.send(Buffer.from(renderJson(await answer(request, access))))
    },
  })
}

async function answer(request: FastifyRequest, access: Access): Promise<unknown> {
  if (request.method === 'OPTIONS') return ABOUT
  if (request.method !== 'POST') {
    // the error handler adds `Cookie` for all other addresses
    throw new WireError(405, detail(`Method "${request.method}" not allowed.`), { vary: 'Accept' })
  }
  const { username, password } = readCredentials(request)
  const login = await authenticatePassword(request.ctx, access, { by: 'username', name: username, password })
  switch (login.kind) {
    case 'limited':
      throw new RefusedError({ kind: 'too-many-attempts', retryAfterS: login.retryAfterS })
    case 'rejected':
      throw new WireError(400, { non_field_errors: ['Unable to log in with provided credentials.'] })
    case 'accepted':
      return {
        token: await getOrCreateToken(actingAs(request.ctx, login.account.actor, 'password'), access),
      }
  }
}

function readCredentials(request: FastifyRequest): { readonly username: string; readonly password: string } {
  const { read, problems } = fieldReader(parseBody(request), 'whole')
  const username = read('username', REQUIRED, parseText({ blank: 'refused' }))
  const password = read('password', REQUIRED, parseText({ blank: 'refused', blanks: 'kept' }))
  refuseProblems(problems)
  return { username: username ?? '', password: password ?? '' }
}
