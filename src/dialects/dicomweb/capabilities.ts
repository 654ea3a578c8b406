import type { FastifyInstance } from 'fastify'

const RESOURCES: readonly (readonly [path: string, methods: readonly string[]])[] = [
  ['studies', ['GET', 'POST']],
  ['series', ['GET']],
  ['instances', ['GET']],
  ['studies/{study}', ['GET', 'POST']],
  ['studies/{study}/metadata', ['GET']],
  ['studies/{study}/rendered', ['GET']],
  ['studies/{study}/thumbnail', ['GET']],
  ['studies/{study}/series', ['GET']],
  ['studies/{study}/instances', ['GET']],
  ['studies/{study}/series/{series}', ['GET']],
  ['studies/{study}/series/{series}/metadata', ['GET']],
  ['studies/{study}/series/{series}/rendered', ['GET']],
  ['studies/{study}/series/{series}/thumbnail', ['GET']],
  ['studies/{study}/series/{series}/instances', ['GET']],
  ['studies/{study}/series/{series}/instances/{instance}', ['GET']],
  ['studies/{study}/series/{series}/instances/{instance}/metadata', ['GET']],
  ['studies/{study}/series/{series}/instances/{instance}/rendered', ['GET']],
  ['studies/{study}/series/{series}/instances/{instance}/thumbnail', ['GET']],
  ['studies/{study}/series/{series}/instances/{instance}/bulkdata/{value}', ['GET']],
  ['studies/{study}/series/{series}/instances/{instance}/frames/{frames}', ['GET']],
  ['studies/{study}/series/{series}/instances/{instance}/frames/{frames}/rendered', ['GET']],
  ['studies/{study}/series/{series}/instances/{instance}/frames/{frames}/thumbnail', ['GET']],
]

/** What the service can do, as WADL (PS3.18 8.9). */
export function capabilityRoutes(app: FastifyInstance): void {
  const resources = RESOURCES.map(([path, methods]) => {
    const listed = methods.map((name) => `<method name="${name}"/>`).join('')
    return `<resource path="${path}">${listed}</resource>`
  })
  const wadl = `<?xml version="1.0" encoding="UTF-8"?>
<application xmlns="http://wadl.dev.java.net/2009/02"><resources base="/dicom-web">${resources.join('')}</resources></application>
`
  app.options('/dicom-web', async (_request, reply) =>
    reply.type('application/vnd.sun.wadl+xml').send(Buffer.from(wadl)),
  )
}
