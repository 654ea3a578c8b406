import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actingAs } from '../../modules/access/acting-as.ts'
import { authenticatePassword } from '../../modules/access/authenticate-password.ts'
import { endSession } from '../../modules/access/end-session.ts'
import { startSession } from '../../modules/access/start-session.ts'
import { escapeHtml } from '../../platform/html/escape-html.ts'
import { requestOrigin } from '../../platform/http/origin.ts'
import type { Surroundings } from './surroundings.ts'
import { type Parameters, textOf } from './wire/parameters.ts'
import { readParameters } from './wire/read-body.ts'

const WRONG =
  'Login failed. Both login name and password are case sensitive, check that caps lock is not enabled.'

/** The form by which scripts get their cookie, and its opposite. @see specification 1.3 */
export function loginRoutes(app: FastifyInstance, around: Surroundings): void {
  for (const base of [`/${around.site}`, '']) {
    app.route({
      method: ['GET', 'POST'],
      url: `${base}/login_form`,
      handler: (request, reply) => logIn(request, reply, around),
    })
    app.route({
      method: ['GET', 'POST'],
      url: `${base}/login`,
      handler: (request, reply) => logIn(request, reply, around),
    })
    app.route({
      method: ['GET', 'POST'],
      url: `${base}/logout`,
      config: { writesByGet: true },
      handler: (request, reply) => logOut(request, reply, around),
    })
    app.get(`${base}/logged_out`, async (_request, reply) => page(reply, around, 'You are now logged out'))
  }
}

async function logIn(
  request: FastifyRequest,
  reply: FastifyReply,
  around: Surroundings,
): Promise<FastifyReply> {
  const parameters = readParameters(request)
  const username = textOf(parameters, '__ac_name')
  const password = textOf(parameters, '__ac_password')
  if (request.method === 'GET' || username === undefined || password === undefined)
    return page(reply, around, '', form(around))
  const answer = await authenticatePassword(request.ctx, around.access, {
    by: 'username',
    name: username,
    password,
  })
  if (answer.kind !== 'accepted') return page(reply, around, WRONG, form(around))
  const ctx = actingAs(request.ctx, answer.account.actor, 'password')
  const { secret } = await startSession(ctx, around.access, { userAgent: request.headers['user-agent'] })
  void reply.setCookie('__ac', secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  })
  const target = ownTarget(request, around, parameters)
  return target === undefined ? page(reply, around, 'You are now logged in') : reply.redirect(target, 302)
}

/** Where somebody came from, unless that is another site. */
function ownTarget(
  request: FastifyRequest,
  { publicUrl }: Surroundings,
  parameters: Parameters,
): string | undefined {
  const given = textOf(parameters, 'came_from')
  if (given === undefined || given === '') return undefined
  const origin = requestOrigin(request, publicUrl)
  const target = URL.parse(given, origin)
  return target && target.origin === origin ? target.href : undefined
}

async function logOut(
  request: FastifyRequest,
  reply: FastifyReply,
  around: Surroundings,
): Promise<FastifyReply> {
  if (request.bikaSession !== undefined) await endSession(request.ctx, request.bikaSession)
  void reply.clearCookie('__ac', { path: '/' })
  return page(reply, around, 'You are now logged out')
}

function form({ site }: Surroundings): string {
  return [
    `<form method="post" action="/${escapeHtml(site)}/login_form">`,
    '<input type="hidden" name="form.submitted" value="1"><input type="hidden" name="pwd_empty" value="0">',
    '<p><label>Login name <input name="__ac_name" autocomplete="username"></label></p>',
    '<p><label>Password <input name="__ac_password" type="password" autocomplete="current-password"></label></p>',
    '<p><input type="submit" name="submit" value="Log in"></p></form>',
  ].join('')
}

function page(reply: FastifyReply, { site }: Surroundings, message: string, rest = ''): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(site)}</title></head><body><main><h1>${escapeHtml(site)}</h1><p>${escapeHtml(message)}</p>${rest}</main></body></html>`,
    )
}
