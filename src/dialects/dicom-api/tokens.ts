import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { authenticatePassword } from '../../modules/access/authenticate-password.ts'
import type { Account } from '../../modules/access/domain/account.ts'
import { JWT_LIFETIMES, type JwtFamily } from '../../modules/access/domain/jwt-family.ts'
import { issueTokenPair } from '../../modules/access/issue-token-pair.ts'
import { type RefreshAnswer, refreshAccess } from '../../modules/access/refresh-access.ts'
import { detail, refuseProblems, WireError } from '../../platform/http/wire-error.ts'
import { serveEndpoint } from './endpoint.ts'
import { type Fields, parseFields, problemsOfText } from './parse-body.ts'
import { sendJson } from './send-json.ts'

const COOKIE = 'refresh_token'

/**
 * `/api/token/` and `/api/token/refresh/`, which two documented systems share: `email` signs in to this one,
 * `username` to the research data. Mounted alone they speak for this one only.
 */
export function tokenRoutes(app: FastifyInstance, access: Access, mount: string): void {
  const alone: JwtFamily | undefined = mount === '' ? undefined : 'dicom'
  serveEndpoint(app, {
    urls: ['/api/token/'],
    name: 'Token Obtain Pair',
    access: 'public',
    handlers: { POST: (request, reply) => obtain(request, reply, { access, alone }) },
  })
  serveEndpoint(app, {
    urls: ['/api/token/refresh/'],
    name: 'Token Refresh',
    access: 'public',
    handlers: { POST: (request, reply) => refresh(request, reply, { access, alone }) },
  })
}

type Tokens = { readonly access: Access; readonly alone: JwtFamily | undefined }

async function obtain(
  request: FastifyRequest,
  reply: FastifyReply,
  { access, alone }: Tokens,
): Promise<FastifyReply> {
  const fields = await parseFields(request)
  const family = alone ?? familyOf(fields)
  const account = await signIn(request, access, fields, family)
  const ctx = actingAs(request.ctx, account.actor, 'password')
  const pair = await issueTokenPair(ctx, access, family)
  if (family === 'dicom') {
    reply.setCookie(COOKIE, pair.refresh, {
      httpOnly: true,
      maxAge: JWT_LIFETIMES.dicom.refreshS,
      path: '/',
      sameSite: 'lax',
      secure: request.protocol === 'https',
    })
  }
  return sendJson(reply, pair)
}

function familyOf(fields: Fields): JwtFamily {
  return fields.email !== undefined && fields.username === undefined ? 'dicom' : 'dmlf'
}

async function signIn(
  request: FastifyRequest,
  access: Access,
  fields: Fields,
  family: JwtFamily,
): Promise<Account> {
  const nameField = family === 'dicom' ? 'email' : 'username'
  const { [nameField]: name, password } = fields
  refuseProblems({ [nameField]: problemsOfText(name), password: problemsOfText(password) })
  const by = family === 'dicom' ? 'email' : 'either'
  const answer = await authenticatePassword(request.ctx, access, {
    by,
    name: String(name).trim(),
    password: String(password),
  })
  switch (answer.kind) {
    case 'accepted':
      return answer.account
    case 'limited':
      throw new RefusedError({ kind: 'too-many-attempts', retryAfterS: answer.retryAfterS })
    case 'rejected':
      throw new WireError(401, detail('No active account found with the given credentials'))
  }
}

/** A token in the body wins; the cookie counts only without one. */
async function refresh(
  request: FastifyRequest,
  reply: FastifyReply,
  { access, alone }: Tokens,
): Promise<FastifyReply> {
  const fields = await parseFields(request)
  const given = fields.refresh ?? request.cookies[COOKIE]
  if (alone === 'dicom' && (given === undefined || given === ''))
    throw new WireError(401, detail('Refresh token not found'))
  refuseProblems({ refresh: problemsOfText(given) })
  const answer = await refreshAccess(request.ctx, access, String(given))
  if (answer.kind === 'refused') throw refusedRefresh(answer, alone)
  return sendJson(reply, { access: answer.access })
}

/** A token that we signed gets the errors of its own family. */
function refusedRefresh(
  { family, problem }: Extract<RefreshAnswer, { kind: 'refused' }>,
  alone: JwtFamily | undefined,
): WireError {
  if ((alone ?? family) === 'dicom') return new WireError(401, detail('Invalid or expired JWT token'))
  switch (problem) {
    case 'no-account':
      return new WireError(401, {
        detail: 'No active account found for the given token.',
        code: 'no_active_account',
      })
    case 'wrong-type':
      return new WireError(401, { detail: 'Token has wrong type', code: 'token_not_valid' })
    case 'invalid':
      return new WireError(401, { detail: 'Token is invalid or expired', code: 'token_not_valid' })
  }
}
