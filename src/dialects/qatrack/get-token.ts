import type { FastifyInstance } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { authenticatePassword } from '../../modules/access/authenticate-password.ts'
import { getOrCreateToken } from '../../modules/access/get-or-create-token.ts'
import { routeBothSpellings } from '../../platform/http/both-spellings.ts'
import { detail, WireError } from './errors.ts'
import { METHODS } from './methods.ts'
import { parseBody } from './parse-body.ts'
import { renderJson } from './render-json.ts'

const REQUIRED = 'This field is required.'
const BLANK = 'This field may not be blank.'

/** `POST /api/get-token/`: the caller's one token for user name and password. */
export function getTokenRoute(app: FastifyInstance, access: Access): void {
  routeBothSpellings(app, {
    method: [...METHODS],
    url: '/api/get-token/',
    handler: async (request, reply) => {
      reply.headers({ allow: 'POST, OPTIONS', vary: 'Accept' })
      if (request.method !== 'POST')
        throw new WireError(405, detail(`Method "${request.method}" not allowed.`), {
          allow: 'POST, OPTIONS',
        })
      const { username, password } = credentialsOf(parseBody(request))
      const login = await authenticatePassword(request.ctx, access, {
        by: 'username',
        name: username,
        password,
      })
      if (login.kind === 'limited')
        throw new RefusedError({ kind: 'too-many-attempts', retryAfterS: login.retryAfterS })
      if (login.kind === 'rejected') {
        throw new WireError(400, { non_field_errors: ['Unable to log in with provided credentials.'] })
      }
      const token = await getOrCreateToken(actingAs(request.ctx, login.account.actor, 'password'), access)
      return reply.type('application/json').send(Buffer.from(renderJson({ token })))
    },
  })
}

function credentialsOf(body: unknown): { readonly username: string; readonly password: string } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new WireError(400, {
      non_field_errors: [`Invalid data. Expected a dictionary, but got ${pythonType(body)}.`],
    })
  }
  const given = body as Readonly<Record<string, unknown>>
  const problems = Object.fromEntries(
    ['username', 'password'].flatMap((name) => {
      const problem = problemOf(given[name], name)
      return problem === undefined ? [] : [[name, [problem]]]
    }),
  )
  if (Object.keys(problems).length > 0) throw new WireError(400, problems)
  return { username: String(given.username).trim(), password: String(given.password) }
}

function problemOf(value: unknown, name: string): string | undefined {
  if (value === undefined) return REQUIRED
  if (value === null) return 'This field may not be null.'
  if (typeof value !== 'string' && typeof value !== 'number') return 'Not a valid string.'
  const text = name === 'username' ? String(value).trim() : String(value)
  return text === '' ? BLANK : undefined
}

/** The name of a JSON value's type as Python says it. */
export function pythonType(value: unknown): string {
  if (value === null) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'boolean':
      return 'bool'
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float'
    default:
      return 'dict'
  }
}
