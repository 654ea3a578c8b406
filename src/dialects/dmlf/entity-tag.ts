import type { FastifyRequest } from 'fastify'
import { detail, WireError } from '../../platform/http/wire-error.ts'

type Versioned = { readonly id: number; readonly version: number }

/** What `If-Match` is compared with. */
export function tagOf({ id, version }: Versioned): string {
  return `"${id}-${version}"`
}

/** @throws WireError 412 if the caller read an earlier version; without the header the last write wins */
export function requireFresh({ headers }: FastifyRequest, stored: Versioned): void {
  const given = headers['if-match']
  if (given === undefined || given.trim() === '*') return
  const tags = given.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!tags.includes(tagOf(stored)))
    throw new WireError(
      412,
      detail('It was changed since you read it. Read it again and repeat your change.'),
    )
}
