/**
 * What the pages of research data send and get, below `/api/v1/research/`. Institutes, staff, methods, projects, funding
 * bodies, sample types, controlled lists and their terms are records: their lists and forms follow from `/api/v1/meta`.
 * Lists of `samples`, `experiments`, `runs`, `files` and `sample-type-versions` are records too, for reading.
 */

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }
export type JsonDocument = { readonly [name: string]: Json }

export type Link = { readonly id: number; readonly label: string }

/** A measured value: `unit` is UCUM, `text` the digits as typed. */
export type WireQuantity = {
  readonly value: number | null
  readonly unit: string
  readonly text?: string
  readonly u?: {
    readonly value: number
    readonly type: 'standard' | 'expanded' | 'tolerance'
    readonly k?: number
    readonly dof?: number
  }
  readonly missing?: 'not_measured' | 'below_detection' | 'lost'
  readonly limit?: number
}

/** One thing that is wrong with sample info; `path` is a JSON pointer into it. */
export type WireInfoProblem = {
  readonly path: string
  readonly code: string
  readonly level: 'error' | 'warning' | 'info'
  readonly message: string
  readonly params?: JsonDocument
  readonly uid?: string
}

/** `GET choices`: what forms choose from, within what the caller may write. */
export type ResearchChoices = {
  readonly institutes: readonly (Link & { readonly city: string })[]
  readonly projects: readonly Link[]
  readonly methods: readonly (Link & { readonly instituteId: number })[]
  readonly staff: readonly (Link & { readonly instituteId: number })[]
  readonly equipment: readonly Link[]
  readonly sampleTypes: readonly {
    readonly id: number
    readonly name: string
    readonly key: string
    readonly description: string | null
    /** the current version; its schema is at `GET sample-type-versions/{id}` */
    readonly versionId: number
    readonly schema: JsonDocument
    readonly layout: JsonDocument | null
  }[]
  readonly vocabularies: readonly {
    readonly key: string
    readonly open: boolean
    readonly terms: readonly { readonly code: string; readonly label: string }[]
  }[]
}

/** `GET samples/next-id?institute=1&method=2` */
export type NextSampleId = { readonly sampleId: string }

/** `POST samples/validate` with `{sampleTypeId, info}`, or `{typeVersionId, info}` for a stored sample. */
export type InfoCheck = {
  readonly valid: boolean
  readonly errors: readonly WireInfoProblem[]
  readonly warnings: readonly WireInfoProblem[]
  /** with calculated fields filled in */
  readonly info: JsonDocument
}

/** `POST samples`, answered 201 with {@link SampleDetails}; problems of the info are at `info.<field>`. */
export type NewSampleBody = {
  readonly sampleId: string
  readonly name: string
  readonly dateCreated: string
  readonly instituteId: number
  readonly projectId: number
  readonly sampleTypeId: number
  readonly methodId?: number | null
  /** internal id */
  readonly parentId?: number | null
  readonly info: JsonDocument
  /** a draft may be incomplete */
  readonly state?: 'draft' | 'active'
  readonly location?: string | null
  readonly amount?: WireQuantity | null
}

/** `PATCH samples/{id}`; whatever is left out stays. */
export type SampleChangeBody = Partial<Omit<NewSampleBody, 'sampleId' | 'state'>> & {
  /** the version that was read; another one is 409 with `current` */
  readonly version: number
  readonly state?: 'draft' | 'active' | 'consumed' | 'archived'
  readonly reason?: string
}

export type WireFile = {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly size: number
  readonly mediaType: string
  readonly sha256: string
  readonly current: boolean
  readonly createdAt: string
  /** the content, as an attachment or shown in place where that is harmless */
  readonly href: string
}

/** `GET samples/{id}/details`; `GET samples/by-id/{sample_id}` gives the same. */
export type SampleDetails = {
  readonly id: number
  readonly version: number
  readonly sampleId: string
  readonly name: string
  readonly state: 'draft' | 'active' | 'consumed' | 'archived'
  readonly dateCreated: string
  readonly registeredAt: string
  readonly sampleType: Link
  readonly typeVersion: {
    readonly id: number
    readonly label: string
    readonly schema: JsonDocument
    readonly layout: JsonDocument | null
    readonly isCurrent: boolean
  }
  readonly institute: Link
  readonly project: Link
  readonly method: Link | null
  readonly user: Link | null
  readonly location: string | null
  readonly amount: WireQuantity | null
  /** amount less what steps consumed; null where it cannot be said */
  readonly amountLeft: WireQuantity | null
  readonly info: JsonDocument
  readonly warnings: readonly WireInfoProblem[]
  readonly revision: number
  readonly parent: SampleLink | null
  readonly children: readonly SampleLink[]
  readonly experiments: readonly {
    readonly id: number
    readonly name: string
    readonly dateCreated: string
    readonly method: Link
  }[]
  readonly files: readonly WireFile[]
  readonly revisions: readonly {
    readonly revision: number
    readonly at: string
    readonly by: Link | null
    readonly reason: string | null
    readonly info: JsonDocument
  }[]
  /** whether the caller may change it, by permission and institute */
  readonly mayChange: boolean
}

export type SampleLink = { readonly id: number; readonly sampleId: string; readonly name: string }

/** `GET samples/search?q=…&order=-dateCreated&limit=50&offset=0&total=none`; `q` as in the text box. */
export type SampleSearchAnswer = {
  readonly items: readonly SampleRow[]
  readonly total: number | null
  readonly limit: number
  readonly offset: number
  /** how the text was read, for display */
  readonly parsed: Json
}

export type SampleRow = {
  readonly id: number
  readonly sampleId: string
  readonly name: string
  readonly state: string
  readonly dateCreated: string
  readonly sampleType: Link
  readonly institute: Link
  readonly project: Link
  readonly info: JsonDocument
  readonly warningCount: number
}

/** `GET samples/search-fields`: what a search can name, with the unit of numbers without one. */
export type SearchFields = {
  readonly items: readonly {
    readonly path: string
    readonly label: string
    readonly kind: string
    readonly unit: string | null
    readonly sampleType: Link | null
  }[]
}

/** `POST runs`: splitting has one input, pooling one output; answered 201. */
export type NewRunBody = {
  readonly kind: 'split' | 'pool' | 'derive'
  readonly name?: string
  readonly performedOn: string
  readonly projectId: number
  readonly methodId?: number | null
  readonly notes?: string | null
  readonly inputs: readonly {
    readonly sampleId: number
    readonly amount?: WireQuantity | null
    readonly consumed?: boolean
  }[]
  readonly outputs: readonly (NewSampleBody & { readonly amount?: WireQuantity | null })[]
}
export type NewRunAnswer = {
  readonly id: number
  readonly outputs: readonly SampleLink[]
  readonly balance: MassBalanceAnswer | null
}
export type MassBalanceAnswer = {
  readonly recovery: number
  readonly standardUncertainty: number
  readonly withinTolerance: boolean | null
}

/** `GET samples/{id}/provenance?direction=both|up|down&depth=5`: samples and steps as nodes, in layers from old to new. */
export type ProvenanceGraph = {
  readonly nodes: readonly (
    | {
        readonly id: string
        readonly kind: 'sample'
        readonly sampleId: string
        readonly key: number
        readonly name: string
        readonly sampleType: string
        readonly state: string
        readonly isRoot: boolean
        readonly info: JsonDocument
      }
    | {
        readonly id: string
        readonly kind: 'run'
        readonly runKind: string
        readonly name: string
        readonly method: string | null
        readonly performedOn: string
        readonly experimentId: number | null
        readonly balance: MassBalanceAnswer | null
      }
  )[]
  readonly edges: readonly {
    readonly from: string
    readonly to: string
    readonly amount: WireQuantity | null
  }[]
  /** whether there is more beyond the depth or the 2000 samples that one answer has */
  readonly isCut: boolean
}

/** `GET files/{id}/preview` */
export type FilePreview =
  | {
      readonly kind: 'table'
      readonly columns: readonly { readonly name: string; readonly isNumeric: boolean }[]
      readonly rows: readonly (readonly (string | number | null)[])[]
      readonly isCut: boolean
    }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'image' | 'pdf'; readonly href: string }
  | {
      readonly kind: 'archive'
      readonly entries: readonly { readonly name: string; readonly size: number }[]
      readonly isCut: boolean
    }
  | { readonly kind: 'dicom'; readonly href: string }
  | { readonly kind: 'none'; readonly reason: string }

/** `POST experiments`; `PATCH experiments/{id}` takes any of it with `version`. Files: `POST experiments/{id}/files`. */
export type NewExperimentBody = {
  readonly name: string
  readonly dateCreated: string
  /** internal id */
  readonly sampleId: number
  readonly methodId: number
  readonly staffId: number
  readonly projectId: number
  readonly notes?: string | null
  readonly equipmentIds?: readonly number[]
  readonly inputs?: readonly {
    readonly sampleId: number
    readonly amount?: WireQuantity | null
    readonly consumed?: boolean
  }[]
  readonly outputs?: readonly { readonly sampleId: number; readonly amount?: WireQuantity | null }[]
}

/** `GET experiments/{id}/details` */
export type ExperimentDetails = {
  readonly id: number
  readonly version: number
  readonly name: string
  readonly dateCreated: string
  readonly registeredAt: string
  readonly sample: SampleLink
  readonly method: Link
  readonly staff: Link
  readonly project: Link
  readonly user: Link | null
  readonly notes: string | null
  readonly inputs: readonly (SampleLink & {
    readonly amount: WireQuantity | null
    readonly consumed: boolean
  })[]
  readonly outputs: readonly (SampleLink & { readonly amount: WireQuantity | null })[]
  readonly equipment: readonly {
    readonly id: number
    readonly name: string
    /** as it was known when the experiment was recorded */
    readonly state: string
    readonly reasons: readonly string[]
    readonly knownAt: string
    /** as it is known now about the same day */
    readonly stateNow: string | null
  }[]
  readonly files: readonly WireFile[]
  readonly balance: MassBalanceAnswer | null
  readonly mayChange: boolean
}

/** `GET sample-types/{id}/design` */
export type SampleTypeDesign = {
  readonly id: number
  readonly name: string
  readonly key: string
  readonly versions: readonly {
    readonly id: number
    readonly label: string
    readonly status: 'draft' | 'published' | 'retired'
    readonly publishedAt: string | null
    readonly changelog: string | null
    readonly samples: number
  }[]
  readonly current: {
    readonly id: number
    readonly label: string
    readonly schema: JsonDocument
    readonly layout: JsonDocument | null
  } | null
  readonly draft: {
    readonly id: number
    readonly version: number
    readonly schema: JsonDocument
    readonly layout: JsonDocument | null
    readonly changelog: string | null
  } | null
}

/** `PUT sample-types/{id}/draft` with `{schema, layout?, changelog?}`; a draft may have problems. */
export type DraftAnswer = {
  readonly id: number
  readonly problems: readonly { readonly path: string; readonly problem: string }[]
  readonly changes: readonly SchemaChangeAnswer[]
  /** the number that it gets when it is published */
  readonly label: string
}
export type SchemaChangeAnswer = {
  readonly path: string
  readonly change: string
  readonly class: 'minor' | 'major'
  readonly detail: string
}

/** `POST sample-types/{id}/publish` gives {@link SampleTypeDesign}; problems are 400. */

/**
 * `POST sample-types/{id}/rehearse` with `{toVersionId, plan?}`: nothing is written. `POST sample-types/{id}/migrate`
 * with the same moves every sample that fits; the others stay as they are.
 */
export type MigrationStep =
  | { readonly op: 'rename'; readonly from: string; readonly to: string }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'add'; readonly path: string; readonly value: Json }
  | {
      readonly op: 'convertUnit'
      readonly path: string
      readonly from: string
      readonly to: string
      readonly digits?: number
    }
  | { readonly op: 'wrap'; readonly path: string; readonly unit: string }
  | { readonly op: 'unwrap'; readonly path: string; readonly unit: string }
  | { readonly op: 'mapValues'; readonly path: string; readonly map: { readonly [from: string]: string } }
  | { readonly op: 'toNumber'; readonly path: string }
  | { readonly op: 'toList' | 'fromList'; readonly path: string }

export type MigrationReport = {
  readonly plan: readonly MigrationStep[]
  readonly total: number
  readonly ok: number
  readonly warnings: number
  readonly failed: number
  readonly groups: readonly {
    readonly message: string
    readonly count: number
    readonly sampleIds: readonly string[]
  }[]
  readonly examples: readonly {
    readonly sampleId: string
    readonly before: JsonDocument
    readonly after: JsonDocument
    readonly problems: readonly WireInfoProblem[]
  }[]
  /** whether samples were changed */
  readonly isDone: boolean
}

/**
 * `POST samples/import-table`: a form with `file` (CSV or XLSX), `defaults` (JSON of a {@link NewSampleBody} in part) and
 * `mode` (`check` or `store`). Headers are `sample_id`, `name`, `date_created`, `parent`, `location` or fields of the info;
 * `weight [mg]` gives a unit. Nothing is stored while any row has a problem.
 */
export type TableImportAnswer = {
  readonly rows: readonly {
    readonly line: number
    readonly sampleId: string | null
    readonly problems: readonly string[]
    readonly warnings: readonly string[]
  }[]
  readonly columns: readonly { readonly header: string; readonly field: string | null }[]
  readonly ok: number
  readonly failed: number
  readonly stored: number
}

/** `POST data/import`: a form with `file` (`.eln`) and `mode` (`check` or `store`). */
export type CrateImportAnswer = {
  readonly source: string
  readonly items: readonly {
    readonly kind: 'sample' | 'experiment'
    readonly identifier: string
    readonly name: string
    readonly state: 'new' | 'same' | 'conflict' | 'unusable'
    readonly problems: readonly string[]
  }[]
  readonly stored: number
}

/** `GET bin`; `POST bin/{sample|experiment}/{id}/restore` answers 204. `DELETE samples/{id}` puts there. */
export type BinAnswer = {
  readonly days: number
  readonly items: readonly {
    readonly kind: 'sample' | 'experiment'
    readonly id: number
    readonly title: string
    readonly name: string
    readonly binnedAt: string
  }[]
}

/**
 * Files: `POST samples/{id}/files` and `POST experiments/{id}/files` (forms with `file`, and `kind=supplementary_file` for
 * the ZIP of the documented API) give `{items: WireFile[]}`; `GET files/{id}/content`.
 * Exports: `GET samples/export?format=csv|xlsx|eln&q=…` or `&ids=1,2,3`, a whole selection while it is read.
 * Labels: `GET samples/labels?ids=1,2,3` is a PDF with a QR code for each sample, leading to `/s/<sample_id>`.
 */
export type ResearchDownloads = never
