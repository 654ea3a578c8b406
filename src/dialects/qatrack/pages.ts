import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const QA = '/app/machine-qa'

/** Pages of the documented system, below `/qa/` or `/qc/`, and the page of the web application in their place. */
const PAGES: readonly (readonly [pattern: RegExp, page: string])[] = [
  [/^session\/(?:details|review|view)\/(\d+)$/, `${QA}/sessions/$1`],
  [/^session\/(?:edit|continue)\/(\d+)$/, `${QA}/sessions/$1/edit`],
  [/^session(?:\/.*)?$/, `${QA}/sessions`],
  // `?day=2` counts from 1 in both
  [/^utc\/(?:perform\/|edit\/)?(\d+)$/, `${QA}/perform/$1`],
  [/^(?:due|overdue|due-and-overdue|utc\/list)(?:\/.*)?$/, `${QA}/work`],
]

/** Tokens are made on the page of their user. */
const TOKENS = '/app/admin/access.user'

/** Page addresses that the old system gave out, and where its administrators made tokens. */
export function pageRoutes(app: FastifyInstance): void {
  for (const url of ['/qa', '/qa/*', '/qc', '/qc/*']) {
    app.get(url, async (request, reply) => redirect(request, reply, pageFor(pathBelow(request))))
  }
  for (const url of ['/admin/authtoken/tokenproxy', '/admin/authtoken/tokenproxy/*']) {
    app.get(url, async (request, reply) => redirect(request, reply, TOKENS))
  }
}

function pathBelow({ params }: FastifyRequest): string {
  return ((params as { readonly '*'?: string })['*'] ?? '').replace(/\/+$/, '')
}

function pageFor(path: string): string {
  for (const [pattern, page] of PAGES) {
    const match = pattern.exec(path)
    if (match) return page.replace('$1', match[1] ?? '')
  }
  return QA
}

/** Queries such as `?day=2` keep their meaning. */
function redirect({ url }: FastifyRequest, reply: FastifyReply, page: string): FastifyReply {
  const at = url.indexOf('?')
  return reply.redirect(page + (at < 0 ? '' : url.slice(at)), 302)
}
