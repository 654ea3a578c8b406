import type { FastifyRequest } from 'fastify'
import { requestOrigin } from '../../../platform/http/origin.ts'

/** What links in the answer to one request begin with. */
export type Links = {
  /** `https://host/compat/qatrack`, or without the mount: stands before `/api/…` in absolute links */
  readonly root: string
  /** the same without scheme and host, for the links inside `tests` */
  readonly path: string
  /** `qa` or `qc`, as the request's own path spells it */
  readonly qa: 'qa' | 'qc'
  /** `.json` or `.api` when the request's path ended so */
  readonly suffix: string
}

export function linksOf(request: FastifyRequest, mount: string, publicUrl: string, suffix: string): Links {
  const path = request.url.slice(mount.length)
  return {
    root: requestOrigin(request, publicUrl) + mount,
    path: mount,
    qa: /^\/(api\/)?qc(\/|$)/.test(path) ? 'qc' : 'qa',
    suffix,
  }
}

/** `…/api/qa/tests/3/`; the resource is written with `qa`. */
export function resourceLink({ root, qa, suffix }: Links, resource: string, id: number): string {
  return `${root}/api/${spelled(resource, qa)}/${id}${suffix === '' ? '/' : suffix}`
}

/** The same without scheme and host. */
export function resourcePath({ path, qa }: Links, resource: string, id: number): string {
  return `${path}/api/${spelled(resource, qa)}/${id}/`
}

export function spelled(resource: string, qa: 'qa' | 'qc'): string {
  return resource.startsWith('qa/') ? `${qa}/${resource.slice(3)}` : resource
}

/** Page of a session in the web application, as the documented system addresses it. */
export function sessionPage({ root, qa }: Links, id: number): string {
  return `${root}/${qa}/session/details/${id}/`
}

/** Address of an attachment's file. */
export function mediaLink(links: Links, path: string, form: 'absolute' | 'path'): string {
  return `${form === 'absolute' ? links.root : links.path}/media/${path}`
}
