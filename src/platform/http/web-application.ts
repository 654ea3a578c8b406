import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Part } from './dialect.ts'
import { refusePlainly } from './refuse-plainly.ts'
import { applicationPolicy } from './security-headers.ts'

/** The word that stands for the nonce in the built page. */
const NONCE = '__STYLE_NONCE__'

const NOT_BUILT = 'The web application is not built. Run: npm run build'

/** The built web application below `/app/`: its files, and its one page for every other path. */
export function webApplicationPart(folder: string): Part {
  return {
    name: 'web',
    standsAlone: false,
    owns: (path) => path === '/' || path === '/app' || path.startsWith('/app/'),
    load: async () => ({
      plugin: (app) => webApplication(app, folder),
      refuse: refusePlainly,
    }),
  }
}

async function webApplication(app: FastifyInstance, folder: string): Promise<void> {
  app.get('/', async (_request, reply) => reply.redirect('/app/', 302))
  app.get('/app', async (_request, reply) => reply.redirect('/app/', 302))
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/app/*', async (_request, reply) =>
      reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT),
    )
    return
  }
  const { default: fastifyStatic } = await import('@fastify/static')
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
    if (path.startsWith('assets/') || /^[\w.-]+\.(svg|png|ico|webmanifest)$/.test(path))
      return reply.sendFile(path)
    // read anew: it names the assets of the newest build
    const page = await readFile(join(folder, 'index.html'), 'utf8')
    const nonce = randomBytes(16).toString('base64url')
    return reply
      .headers({ 'content-security-policy': applicationPolicy(nonce), 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(NONCE, nonce))
  })
}
