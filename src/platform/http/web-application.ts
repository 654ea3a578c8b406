import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const NOT_BUILT = 'The web application is not built. Run: npm run build'

/** Serves the built web application below `/app/`: its files, and its one page for every other path. */
export async function webApplication(app: FastifyInstance, folder: string): Promise<void> {
  app.get('/', async (_request, reply) => reply.redirect('/app/', 302))
  app.get('/app', async (_request, reply) => reply.redirect('/app/', 302))
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/app/*', async (_request, reply) =>
      reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT),
    )
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    cacheControl: false,
    // names of assets hold a hash of their content
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.startsWith(join(folder, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  app.get('/app/*', async (request, reply) => {
    const { '*': path = '' } = request.params as { readonly '*'?: string }
    const isFile = path.startsWith('assets/') || /^[\w.-]+\.(svg|png|ico|webmanifest)$/.test(path)
    return reply.sendFile(isFile ? path : 'index.html')
  })
}
