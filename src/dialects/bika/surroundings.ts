import type { Access } from '../../modules/access/access.ts'
import type { Calculations } from '../../modules/lims/results/calculate-request.ts'
import type { WireTypes } from './types/wire-types.ts'

/** What the endpoints of this dialect have in common. */
export type Surroundings = {
  readonly access: Access
  readonly calculations: Calculations
  readonly types: WireTypes
  /** first part of every path, `Plone` */
  readonly site: string
  /** where people reach the server; empty to take it from each request */
  readonly publicUrl: string
}
