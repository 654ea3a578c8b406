import type { FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import type { ResearchServices } from '../../modules/research/research-services.ts'

/** What all routes of this dialect share. */
export type DmlfSurroundings = {
  readonly access: Access
  readonly research: ResearchServices
  /** scheme, host and mount: what links in an answer begin with */
  readonly rootOf: (request: FastifyRequest) => string
  readonly mount: string
}
