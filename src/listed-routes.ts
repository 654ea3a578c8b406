import type { FastifyInstance } from 'fastify'
import type { ListedRoute } from './dialects/quality-time/listing.ts'

const READ = new Set(['HEAD', 'OPTIONS'])

/** The routes of an API as the listing at `/api` shows them: `<name>` for parts of a path that vary. */
export function listRoutes(name: string, app: FastifyInstance): readonly ListedRoute[] {
  const segments: string[] = []
  return app
    .printRoutes({ commonPrefix: false, includeMeta: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
      if (!match) return []
      const [, indent = '', segment = '', methods] = match
      // each level stands four characters deeper
      segments.splice(indent.length / 4, segments.length, segment)
      const path = segments.join('').replace(/(?<!\/)\*$/, '/*')
      if (methods === undefined || path.includes(':format')) return []
      const shown = methods.split(', ').filter((method) => !READ.has(method))
      const rule = path.replaceAll(/:(\w+)/g, '<$1>').replaceAll('*', '<path>')
      return shown.map((method) => ({ rule, method, description: `Part of the ${name} API.` }))
    })
}
