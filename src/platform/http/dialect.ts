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
  readonly name: string
  /** whether an unknown path below its mount is its to refuse; the path has no mount and no query */
  readonly owns: (path: string) => boolean
  readonly plugin: (app: FastifyInstance, options: DialectOptions) => Promise<void>
  /** answers in the dialect's own form */
  readonly refuse: (request: FastifyRequest, reply: FastifyReply, failure: Failure) => FastifyReply
}

declare module 'fastify' {
  interface FastifyRequest {
    /** who calls, set by the dialect's authentication; anonymous before it */
    ctx: Context
  }
}
