import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import { canonicalUrl } from './canonical-url.ts'
import type { Part } from './dialect.ts'
import { createDialectServer, type Surroundings } from './dialect-server.ts'
import { type Listener, listenOn } from './listener.ts'
import { createLog } from './log.ts'

/** A server of HTTP whose parts are loaded by the first request that is theirs. */
export type HttpServer = {
  /** @param host name or address; `localhost` for both loopback addresses. @returns the port */
  listen(at: { readonly host: string; readonly port: number }): Promise<number>
  /** answers a request that came over no socket, on the same way as any other */
  inject(request: InjectOptions): Promise<LightMyRequestResponse>
  /** the part mounted there, loaded; for what lists its routes */
  mounted(name: string, mount?: string): Promise<FastifyInstance>
  /** takes no more requests and finishes those it has */
  close(): Promise<void>
}

export type ServerOptions = {
  /** gets every part's requests to see; none are seen without it */
  readonly watch?: Surroundings['watch']
  readonly log?: FastifyBaseLogger
}

/**
 * A server with the given parts at their own paths and each dialect alone below `/compat/<name>`. Loading all of them
 * at the start would take longer than everything else that starting needs, and no installation uses all.
 *
 * @param parts asked in this order whether a path is theirs; the last one gets what is nobody's
 */
export function createServer(
  config: Config,
  base: Context,
  parts: readonly Part[],
  { watch = () => undefined, log = createLog(config) }: ServerOptions = {},
): HttpServer {
  const stopping = new AbortController()
  const surroundings: Surroundings = { config, base, log, stopping: stopping.signal, watch }
  const fallback = lastOf(parts)
  const dialects = new Map(parts.map((part) => [part, once(part.load)] as const))
  const loading = new Map<string, Promise<FastifyInstance>>()
  const ready = new Map<string, FastifyInstance>()
  let listener: Listener | undefined

  function load(part: Part, mount: string): Promise<FastifyInstance> {
    const key = keyOf(part, mount)
    const known = loading.get(key)
    if (known) return known
    const started = start()
    loading.set(key, started)
    return started

    async function start(): Promise<FastifyInstance> {
      const dialect = await dialects.get(part)?.()
      if (!dialect) throw new Error(`${part.name} is no part of this server`)
      const app = await createDialectServer(
        part.standsAlone ? surroundings : { ...surroundings, watch: () => undefined },
        dialect,
        mount,
      )
      ready.set(key, app)
      return app
    }
  }

  function placeOf(
    url: string,
    headers: IncomingHttpHeaders,
  ): { readonly part: Part; readonly mount: string } {
    const path = url.split('?', 1)[0] ?? '/'
    if (path.startsWith('/compat/')) {
      const name = path.split('/', 3)[2]
      const part = parts.find((one) => one.standsAlone && one.name === name)
      if (part) return { part, mount: `/compat/${part.name}` }
    }
    return { part: parts.find((one) => one.owns(path, headers)) ?? fallback, mount: '' }
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    if (stopping.signal.aborted) response.setHeader('connection', 'close')
    const url = canonicalUrl(request.url ?? '/')
    request.url = url
    const { part, mount } = placeOf(url, request.headers)
    const app = ready.get(keyOf(part, mount))
    if (app) {
      app.routing(request, response)
      return
    }
    load(part, mount).then(
      (loaded) => loaded.routing(request, response),
      (error: unknown) => {
        log.error({ err: error, part: part.name }, 'a part could not be loaded')
        response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
        response.end('This part of the server could not be started; its log says why.')
      },
    )
  }

  return {
    listen: async ({ host, port }) => {
      listener = await listenOn(handle, host, port)
      return listener.port
    },
    inject: async (request) => {
      const { default: inject } = await import('light-my-request')
      return inject(handle, request)
    },
    mounted: (name, mount = '') => {
      const part = parts.find((one) => one.name === name)
      if (!part) throw new Error(`${name} is no part of this server`)
      return load(part, mount)
    },
    close: async () => {
      stopping.abort()
      await listener?.close()
      await Promise.all([...(await Promise.allSettled(loading.values()))].map(closed))
    },
  }
}

function lastOf(parts: readonly Part[]): Part {
  const last = parts.at(-1)
  if (!last) throw new Error('a server needs a part')
  return last
}

function keyOf({ name }: Part, mount: string): string {
  return `${mount} ${name}`
}

async function closed(started: PromiseSettledResult<FastifyInstance>): Promise<void> {
  if (started.status === 'fulfilled') await started.value.close()
}

/** Calls a function at most once, however many ask. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
