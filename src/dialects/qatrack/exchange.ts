import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { authenticate } from './authenticate.ts'
import { detail, NOT_FOUND, WireError } from './errors.ts'
import { linksOf } from './links.ts'
import { allowHeader, type Method, requireMethod, requireOffered } from './methods.ts'
import { negotiate, type Rendering } from './negotiate.ts'
import { renderJson } from './render-json.ts'
import { renderPage } from './render-page.ts'
import type { Presenting } from './wire-resource.ts'

declare module 'fastify' {
  interface FastifyRequest {
    rendering?: Rendering
  }
}

/** What all routes of this dialect share. */
export type Surroundings = { readonly access: Access; readonly publicUrl: string; readonly mount: string }

/** Who may call a route, with which methods. */
export type Admission = {
  readonly offered: readonly Method[]
  /** permission for the method of the request; `open` routes take anonymous callers, but no bad credential */
  readonly permission: (method: Method) => string | 'open'
}

/**
 * The checks before a body is read, in the documented order: content negotiation, credential, permission, method.
 *
 * @param suffix what stood behind the path, `json` in `/units.json`
 */
export async function admit(
  { access }: Surroundings,
  request: FastifyRequest,
  reply: FastifyReply,
  admission: Admission,
  suffix: string | undefined,
): Promise<void> {
  const negotiated = negotiate(request, suffix)
  if (negotiated.kind === 'unknown-format') throw new WireError(404, NOT_FOUND)
  if (negotiated.kind === 'not-acceptable') {
    throw new WireError(406, detail('Could not satisfy the request Accept header.'))
  }
  request.rendering = negotiated
  reply.headers({ vary: 'Accept, Cookie', allow: allowHeader(admission.offered) })
  await authenticate(request, access)
  const permission = admission.permission(request.method as Method)
  if (permission === 'open') requireOffered(request, admission.offered)
  else requireMethod(request, permission, admission.offered)
}

/** Sends an answer as JSON, or as the page for browsers. */
export function answer(
  { mount }: Surroundings,
  request: FastifyRequest,
  reply: FastifyReply,
  title: string,
  body: unknown,
): FastifyReply {
  const { rendering } = request
  if (rendering?.kind === 'html') {
    const page = renderPage({
      title,
      method: request.method,
      path: request.url,
      status: reply.statusCode,
      body,
      root: mount,
    })
    return reply.type('text/html; charset=utf-8').send(page)
  }
  // a Buffer, because the documented type names no character set
  return reply.type('application/json').send(Buffer.from(renderJson(body, rendering?.indent)))
}

/** What presenters need of the request. */
export function presenting({ mount, publicUrl }: Surroundings, request: FastifyRequest): Presenting {
  return { ctx: request.ctx, links: linksOf(request, mount, publicUrl, request.rendering?.suffix ?? '') }
}
