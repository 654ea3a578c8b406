import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { authenticatePassword } from '../../modules/access/authenticate-password.ts'
import type { Account } from '../../modules/access/domain/account.ts'
import { endSession } from '../../modules/access/end-session.ts'
import { startSession } from '../../modules/access/start-session.ts'
import { publicExportKey } from '../../modules/quality/export-key.ts'
import type { Quality } from '../../modules/quality/quality.ts'
import { ownSettings, saveOwnSettings } from '../../modules/quality/user-settings.ts'
import type { Endpoint, Exchange } from './endpoint.ts'
import { wireTimestamp } from './timestamps.ts'

const COOKIE = 'session_id'
const HOUR_MS = 3_600_000

export type SessionOptions = { readonly sessionHours: number; readonly version: string }

/** Logging in and out, and what concerns the server and its users. */
export function sessionEndpoints(quality: Quality, options: SessionOptions): readonly Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/login',
      description: 'Log the user in and set the session cookie.',
      handle: (exchange) => logIn(exchange, quality.access, options),
    },
    {
      method: 'POST',
      path: '/logout',
      description: 'Log the user out and end the session.',
      needs: 'session',
      handle: async ({ ctx, request, reply }) => {
        const secret = request.cookies[COOKIE]
        if (secret) await endSession(ctx, secret)
        setCookie(reply, request, '', new Date(0))
        return { ok: true }
      },
    },
    {
      method: 'GET',
      path: '/public_key',
      description: 'The public key with which credentials are encrypted for this server.',
      handle: async ({ ctx }) => ({ public_key: await publicExportKey(ctx, quality) }),
    },
    {
      method: 'GET',
      path: '/server',
      description: 'The version of this server.',
      handle: async () => ({ version: `v${options.version}` }),
    },
    {
      method: 'GET',
      path: '/health',
      description: 'Whether this server answers.',
      handle: async () => ({ healthy: true }),
    },
    {
      method: 'GET',
      path: '/settings',
      description: 'The settings that a client keeps for the logged-in user.',
      needs: 'session',
      handle: async ({ ctx }) => ({ settings: await ownSettings(ctx) }),
    },
    {
      method: 'PUT',
      path: '/settings',
      description: 'Replace the settings that a client keeps for the logged-in user.',
      needs: 'session',
      handle: async ({ ctx, body }) => {
        await saveOwnSettings(ctx, body())
        return { ok: true }
      },
    },
  ]
}

const REFUSED = { ok: false, email: '', session_expiration_datetime: '0001-01-01T00:00:00+00:00' }

async function logIn(
  { ctx, request, reply, body }: Exchange,
  access: Access,
  { sessionHours }: SessionOptions,
) {
  const given = body()
  const username = textOr(given.username, 'no username given')
  const password = textOr(given.password, 'no password given')
  const account = await accountOf(request, access, username, password)
  if (!account) return REFUSED
  const started = await startSession(actingAs(ctx, account.actor, 'password'), access, {
    userAgent: request.headers['user-agent'],
    lifetime: { totalMs: sessionHours * HOUR_MS, idleMs: null },
  })
  setCookie(reply, request, started.secret, started.expiresAt)
  return {
    ok: true,
    email: account.email ?? '',
    session_expiration_datetime: wireTimestamp(started.expiresAt),
  }
}

/** The name as it was given, or without the characters that the documented system takes out of it. */
async function accountOf(
  { ctx }: FastifyRequest,
  access: Access,
  username: string,
  password: string,
): Promise<Account | undefined> {
  const cleaned = username.replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
  for (const name of new Set([username, cleaned])) {
    if (name.trim() === '') continue
    const answer = await authenticatePassword(ctx, access, { by: 'either', name, password })
    if (answer.kind === 'accepted') return answer.account
  }
  return undefined
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function setCookie(reply: FastifyReply, request: FastifyRequest, value: string, expires: Date): void {
  reply.setCookie(COOKIE, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    // over plain http curl would lose a secure one
    secure: request.protocol === 'https',
    expires,
  })
}
