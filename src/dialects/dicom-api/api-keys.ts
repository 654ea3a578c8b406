import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { localTimeAt, offsetAt } from '../../core/calendar.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { requireManagingCredential, requireUser } from '../../modules/access/acting-as.ts'
import { createApiKey } from '../../modules/access/create-api-key.ts'
import { findAccount } from '../../modules/access/find-account.ts'
import { listApiKeys } from '../../modules/access/list-api-keys.ts'
import { type ApiKeyName, deleteApiKey } from '../../modules/access/revoke-api-key.ts'
import { requireDeveloper } from '../../modules/dicom/developer-profile.ts'
import { detail, refuseProblems, WireError } from '../../platform/http/wire-error.ts'
import { serveEndpoint } from './endpoint.ts'
import { parseFields, problemsOfOptionalText } from './parse-body.ts'
import { sendJson } from './send-json.ts'

/** `/api-keys/` and its older address: the API keys of a developer, numbered from 1. */
export function apiKeyRoutes(app: FastifyInstance, access: Access): void {
  serveEndpoint(app, {
    urls: ['/api-keys/', '/api/developer/auth/api-keys/'],
    name: 'Developer API Keys',
    access,
    handlers: { GET: listKeys, POST: (request, reply) => createKey(request, reply, access) },
  })
  serveEndpoint(app, {
    urls: ['/api-keys/delete/:id/', '/api/developer/auth/api-keys/delete/:id/'],
    name: 'Delete API Key',
    access,
    handlers: { DELETE: deleteKey },
  })
}

/** A leaked key must not make, show or delete others. */
async function requireKeyManager(ctx: Context): Promise<number> {
  requireManagingCredential(ctx)
  await requireDeveloper(ctx)
  return requireUser(ctx).id
}

async function listKeys(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { ctx } = request
  const keys = await listApiKeys(ctx, await requireKeyManager(ctx))
  return sendJson(
    reply,
    keys.map(({ number, name, prefix, createdAt, revokedAt, expiresAt }) => ({
      id: number,
      name,
      created: zonedText(createdAt, ctx.zone),
      revoked: revokedAt !== null,
      expiry_date: expiresAt === null ? null : zonedText(expiresAt, ctx.zone),
      prefix,
    })),
  )
}

const LONGEST_NAME = 50

async function createKey(
  request: FastifyRequest,
  reply: FastifyReply,
  access: Access,
): Promise<FastifyReply> {
  const { ctx } = request
  const userId = await requireKeyManager(ctx)
  const { name } = await parseFields(request)
  refuseProblems({ name: problemsOfOptionalText(name) })
  const given = typeof name === 'string' ? name.trim() : ''
  const account = await findAccount(ctx, access, userId)
  const created = await createApiKey(ctx, {
    userId,
    name: given || `${account?.firstName ?? ''}-developer-key`.slice(-LONGEST_NAME),
  })
  const { number, key } = created
  return sendJson(reply, { id: number, name: created.name, key, api_key: key }, 201)
}

async function deleteKey(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { ctx } = request
  const userId = await requireKeyManager(ctx)
  const { id } = request.params as { readonly id: string }
  const name = parseKeyName(id)
  try {
    if (!name) throw new RefusedError({ kind: 'not-found', what: 'API key', id })
    await deleteApiKey(ctx, userId, name)
  } catch (error) {
    if (error instanceof RefusedError && error.refusal.kind === 'not-found')
      throw new WireError(404, detail('No DeveloperAPIKey matches the given query.'))
    throw error
  }
  return reply.code(204).send()
}

/** A number, or the prefix with which the ids of the original system begin. */
function parseKeyName(id: string): ApiKeyName | undefined {
  if (/^[1-9]\d{0,6}$/.test(id)) return { number: Number(id) }
  const prefix = /^([A-Za-z0-9]{8})(\.|$)/.exec(id)?.[1]
  return prefix === undefined ? undefined : { prefix }
}

/** ISO 8601 with microseconds and the offset of the zone: `2026-11-21T21:40:50.771000+01:00`. */
function zonedText(at: Date, zone: string): string {
  const { year, month, day, hour, minute, second, millisecond } = localTimeAt(at, zone)
  const digits = (value: number, width = 2) => String(value).padStart(width, '0')
  const offset = offsetAt(at.getTime(), zone) / 60_000
  const size = Math.abs(offset)
  const sign = offset < 0 ? '-' : '+'
  const date = `${digits(year, 4)}-${digits(month)}-${digits(day)}`
  const time = `${digits(hour)}:${digits(minute)}:${digits(second)}.${digits(millisecond, 3)}000`
  return `${date}T${time}${sign}${digits(Math.floor(size / 60))}:${digits(size % 60)}`
}
