import type { Insertable } from 'kysely'

/** The tables of this module that are no declared records. */
export type LimsTables = {
  lims_object: { uid: string; path: string; type: string; row_id: number }
  lims_counter: { name: string; value: number }
}

export type NewObjectRow = Insertable<LimsTables['lims_object']>
