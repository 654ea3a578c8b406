import { RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'

/** The object that could not be moved. */
export type RefusedObject = {
  readonly record: string
  readonly id: number
  readonly path: string
  readonly row: AnyRow
}

/** A move that the workflow does not allow now, or not to this person. */
export class TransitionRefusedError extends RefusedError {
  readonly object: RefusedObject
  readonly action: string
  readonly why: string

  constructor(object: RefusedObject, action: string, why: string) {
    super({
      kind: 'conflict',
      reason: `${object.path.slice(object.path.lastIndexOf('/') + 1)} cannot be moved by ${action}: ${why}`,
    })
    this.name = 'TransitionRefusedError'
    this.object = object
    this.action = action
    this.why = why
  }
}
