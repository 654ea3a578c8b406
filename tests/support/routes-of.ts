import type { FastifyInstance } from 'fastify'
import type { HttpServer } from '../../src/platform/http/create-server.ts'

/** A route as it is registered: path pattern with `:id` and `*`, and one method. */
export type Route = { readonly method: string; readonly path: string }

/**
 * The routes of one dialect, as they stand below its own mount, each once: without the second spelling with or without
 * slash, without `qc` beside `qa`, without suffixes such as `.json`, and without HEAD and OPTIONS, which follow.
 */
export async function routesOf(server: HttpServer, dialect: string): Promise<readonly Route[]> {
  const mount = `/compat/${dialect}`
  const routes = new Map<string, Route>()
  for (const { path, methods } of registered(await server.mounted(dialect, mount))) {
    if (!path.startsWith(`${mount}/`) || path.includes(':format')) continue
    const own = path
      .slice(mount.length)
      .replace(/\/$/, '')
      .replace(/^\/(api\/)?qc(?=\/|$)/, '/$1qa')
    for (const method of methods) {
      if (method !== 'HEAD' && method !== 'OPTIONS')
        routes.set(`${own} ${method}`, { method, path: own || '/' })
    }
  }
  return [...routes.values()].toSorted((a, b) => compare(a.path, b.path) || compare(a.method, b.method))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Reads the tree that Fastify prints: a line for each segment, four characters deeper for each level. */
function registered(
  server: FastifyInstance,
): { readonly path: string; readonly methods: readonly string[] }[] {
  const segments: string[] = []
  return server
    .printRoutes({ commonPrefix: false, includeMeta: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
      if (!match) return []
      const [, indent = '', segment = '', methods] = match
      segments.splice(indent.length / 4, segments.length, segment)
      // the slash before a wildcard is left out where the same path stands without it
      const path = segments.join('').replace(/(?<!\/)\*$/, '/*')
      return methods === undefined ? [] : [{ path, methods: methods.split(', ') }]
    })
}
