import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { authenticatePassword } from '../../modules/access/authenticate-password.ts'
import type { Account } from '../../modules/access/domain/account.ts'
import { getOrCreateToken } from '../../modules/access/get-or-create-token.ts'
import { issueTokenPair } from '../../modules/access/issue-token-pair.ts'
import { refreshAccess } from '../../modules/access/refresh-access.ts'
import { withSpoolFolder } from '../../platform/http/spooled-form.ts'
import { detail, refuseProblems, WireError } from '../../platform/http/wire-error.ts'
import { serveEndpoint } from './endpoint.ts'
import { receiveBody } from './received-body.ts'
import { sendJson } from './send-json.ts'
import type { DmlfSurroundings } from './surroundings.ts'

/** Names and passwords need no more, and nobody is known yet who could be trusted with more. */
const LARGEST_BODY = 64 * 1024

/** The token that scripts from before June 2024 sign in for, and, mounted alone, the pairs of today. */
export function tokenRoutes(app: FastifyInstance, { access, mount }: DmlfSurroundings): void {
  serveEndpoint(app, {
    url: '/api-token-auth',
    name: 'Obtain Auth Token',
    access: 'public',
    bodyLimit: LARGEST_BODY,
    handlers: { POST: (request, reply) => obtainToken(request, reply, access) },
  })
  // at the root both documented systems share these addresses, and one part answers for both
  if (mount === '') return
  serveEndpoint(app, {
    url: '/api/token',
    name: 'Token Obtain Pair',
    access: 'public',
    bodyLimit: LARGEST_BODY,
    handlers: { POST: (request, reply) => obtainPair(request, reply, access) },
  })
  serveEndpoint(app, {
    url: '/api/token/refresh',
    name: 'Token Refresh',
    access: 'public',
    bodyLimit: LARGEST_BODY,
    handlers: { POST: (request, reply) => refresh(request, reply, access) },
  })
}

async function fieldsOf(request: FastifyRequest): Promise<ReadonlyMap<string, unknown>> {
  return withSpoolFolder(async (folder) => (await receiveBody(request, folder)).fields)
}

/** What is wrong with a text that must be there. */
function problemsOfText(fields: ReadonlyMap<string, unknown>, name: string): readonly string[] {
  const value = fields.get(name)
  if (value === undefined) return ['This field is required.']
  if (value === null) return ['This field may not be null.']
  if (typeof value !== 'string') return ['Not a valid string.']
  if (value.trim() === '') return ['This field may not be blank.']
  return value.includes('\0') ? ['Null characters are not allowed.'] : []
}

async function signIn(request: FastifyRequest, access: Access): Promise<Account | undefined> {
  const fields = await fieldsOf(request)
  refuseProblems({
    username: problemsOfText(fields, 'username'),
    password: problemsOfText(fields, 'password'),
  })
  const answer = await authenticatePassword(request.ctx, access, {
    by: 'either',
    name: String(fields.get('username')).trim(),
    password: String(fields.get('password')),
  })
  if (answer.kind === 'limited')
    throw new RefusedError({ kind: 'too-many-attempts', retryAfterS: answer.retryAfterS })
  return answer.kind === 'accepted' ? answer.account : undefined
}

async function obtainToken(
  request: FastifyRequest,
  reply: FastifyReply,
  access: Access,
): Promise<FastifyReply> {
  const account = await signIn(request, access)
  if (!account)
    throw new WireError(400, { non_field_errors: ['Unable to log in with provided credentials.'] })
  const token = await getOrCreateToken(actingAs(request.ctx, account.actor, 'password'), access)
  return sendJson(reply, { token })
}

async function obtainPair(
  request: FastifyRequest,
  reply: FastifyReply,
  access: Access,
): Promise<FastifyReply> {
  const account = await signIn(request, access)
  if (!account) throw new WireError(401, detail('No active account found with the given credentials'))
  return sendJson(
    reply,
    await issueTokenPair(actingAs(request.ctx, account.actor, 'password'), access, 'dmlf'),
  )
}

async function refresh(request: FastifyRequest, reply: FastifyReply, access: Access): Promise<FastifyReply> {
  const fields = await fieldsOf(request)
  refuseProblems({ refresh: problemsOfText(fields, 'refresh') })
  const answer = await refreshAccess(request.ctx, access, String(fields.get('refresh')))
  if (answer.kind === 'refreshed') return sendJson(reply, { access: answer.access })
  switch (answer.problem) {
    case 'no-account':
      throw new WireError(401, {
        detail: 'No active account found for the given token.',
        code: 'no_active_account',
      })
    case 'wrong-type':
      throw new WireError(401, { detail: 'Token has wrong type', code: 'token_not_valid' })
    case 'invalid':
      throw new WireError(401, { detail: 'Token is invalid or expired', code: 'token_not_valid' })
  }
}
