import type { Context } from '../../../context.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { Surroundings } from '../surroundings.ts'
import type { WireType } from '../types/wire-types.ts'
import type { Related } from './load-related.ts'

export type PresentOptions = {
  /** names that are asked for; everything where absent */
  readonly include: ReadonlySet<string> | undefined
  /** what a reference has under its plain name */
  readonly references: 'uid' | 'title'
  readonly catalog: string
}

/** All that presenting one page of one type needs. */
export type Presenting = {
  readonly ctx: Context
  readonly around: Surroundings
  readonly wire: WireType
  readonly options: PresentOptions
  readonly related: Related
  readonly samples: ReadonlyMap<number, AnyRow>
  readonly wants: (name: string) => boolean
  /** for objects within objects */
  readonly present: (
    ctx: Context,
    around: Surroundings,
    wire: WireType,
    rows: readonly AnyRow[],
    options: PresentOptions,
  ) => Promise<readonly WireObject[]>
}

export type WireObject = Readonly<Record<string, unknown>>
