import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'

/** What every dialect gets when it is mounted. */
export type DialectOptions = {
  /** `''` at the root, `/compat/<name>` when mounted alone; stands before every path and link */
  readonly mount: string
}

/** What went wrong before or in a route: a thrown error, or a path and method that nothing answers. */
export type Failure = { readonly kind: 'error'; readonly error: unknown } | { readonly kind: 'no-route' }

/** One foreign API, or our own: a plugin that keeps its errors, parsers and hooks to itself. */
export type Dialect = {
  readonly plugin: (app: FastifyInstance, options: DialectOptions) => Promise<void>
  /** answers in the dialect's own form */
  readonly refuse: (request: FastifyRequest, reply: FastifyReply, failure: Failure) => FastifyReply
}

/** A dialect before it is loaded: that waits for the first request that is its own. */
export type Part = {
  readonly name: string
  /**
   * Whether it answers, or refuses, a path; the first of the parts that does gets the request.
   *
   * @param path as sent but for what `canonicalUrl` changes, without query
   */
  readonly owns: (path: string, headers: IncomingHttpHeaders) => boolean
  readonly load: () => Promise<Dialect>
  /** whether it also answers alone below `/compat/<name>`, where every path is its own */
  readonly standsAlone: boolean
}

/** A dialect of the table of paths: at its own paths and alone below `/compat/<name>`. */
export function dialectPart(name: string, owns: Part['owns'], load: Part['load']): Part {
  return { name, owns, load, standsAlone: true }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** who calls, set by the dialect's authentication; anonymous before it */
    ctx: Context
  }
  interface FastifyInstance {
    /** fires when the server begins to stop: answers that never end by themselves end then */
    stopping: AbortSignal
  }
}
