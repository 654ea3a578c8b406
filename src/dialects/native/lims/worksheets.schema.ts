import type { WireAnalysis, WireMove, WireNamed } from './samples.schema.ts'

/** What the pages of worksheets exchange with the server. */
export type WireWorksheetRow = {
  readonly id: number
  readonly uid: string
  readonly objectId: string
  readonly state: string
  readonly stateTitle: string
  readonly analyst: string | null
  readonly template: WireNamed | null
  readonly instrument: WireNamed | null
  readonly method: WireNamed | null
  readonly createdAt: string
  /** positions that are taken */
  readonly positions: number
  readonly analyses: number
  readonly submitted: number
}

/** `GET /api/v1/lims/worksheets`: `state` (by commas), `analyst` (`me`), `q`, `order`, `limit`, `offset` */
export type WireWorksheetList = {
  readonly items: readonly WireWorksheetRow[]
  readonly total: number
  readonly limit: number
  readonly offset: number
}

/** One position with all analyses on it. */
export type WireSlot = {
  readonly position: number
  /** `a` sample, `b` blank, `c` control, `d` duplicate */
  readonly type: 'a' | 'b' | 'c' | 'd'
  /** identifier of the sample, the reference sample, or the group of the duplicate */
  readonly label: string
  readonly sample: {
    readonly id: number
    readonly objectId: string
    readonly client: string
    readonly sampleType: string
  } | null
  readonly referenceSample: WireNamed | null
  /** position that a duplicate repeats */
  readonly duplicates: number | null
  readonly analyses: readonly WireAnalysis[]
}

/** `GET /api/v1/lims/worksheets/{id}`; also the answer of every change of a worksheet */
export type WireWorksheet = WireWorksheetRow & {
  readonly version: number
  readonly path: string
  readonly remarks: string | null
  readonly resultsLayout: '1' | '2'
  readonly replaces: WireNamed | null
  readonly slots: readonly WireSlot[]
  /** copies of analyses that a rejection left here */
  readonly rejected: readonly WireAnalysis[]
  readonly moves: readonly WireMove[]
  readonly editable: boolean
}

/**
 * `GET /api/v1/lims/pool`: samples with analyses that wait for a worksheet, the most urgent first; `service`, `client`,
 * `category` (ids by commas), `q`, `limit`, `offset`
 */
export type WirePool = {
  readonly items: readonly {
    readonly sample: {
      readonly id: number
      readonly objectId: string
      readonly client: string
      readonly sampleType: string
      readonly dueDate: string | null
    }
    readonly analyses: readonly {
      readonly id: number
      readonly keyword: string
      readonly title: string
      readonly dueDate: string | null
    }[]
  }[]
  readonly total: number
  readonly limit: number
  readonly offset: number
}

/** `POST /api/v1/lims/worksheets` with `{analyst?, template?, instrument?, method?, analyses?: number[], client?: number}` */
export type WireNewWorksheet = {
  readonly analyst?: string | null
  readonly template?: number | null
  readonly instrument?: number | null
  readonly method?: number | null
  readonly analyses?: readonly number[]
  /** fill a template with samples of this client only */
  readonly client?: number | null
}

/** `POST /api/v1/lims/worksheets/{id}/controls`: a blank or a control at the next free position, or at one that is named */
export type WireNewControl = {
  readonly referenceSample: number
  readonly services?: readonly number[]
  readonly position?: number
}

/** `POST /api/v1/lims/worksheets/{id}/duplicates`: repeats a position */
export type WireNewDuplicate = { readonly of: number; readonly position?: number }
