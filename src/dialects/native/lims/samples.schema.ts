/** What the pages of samples exchange with the server: plain JSON, instants as ISO-8601 text, ids those of records. */

export type WireNamed = { readonly id: number; readonly name: string }

export type WireMove = { readonly id: string; readonly title: string }

/** `progress` of a sample: analyses that count, those submitted, those verified */
export type WireProgress = { readonly total: number; readonly submitted: number; readonly verified: number }

/** One line of a list of samples: a request with the facts of its material. */
export type WireSampleRow = {
  readonly id: number
  /** of the material */
  readonly sampleId: number
  readonly uid: string
  /** identifier of the request, such as `AP-0001-R01` */
  readonly objectId: string
  /** identifier of the material, such as `AP-0001` */
  readonly sampleObjectId: string
  readonly client: WireNamed
  readonly contact: WireNamed
  readonly sampleType: WireNamed
  readonly samplePoint: WireNamed | null
  readonly batch: WireNamed | null
  readonly priority: WireNamed | null
  readonly clientSampleId: string | null
  readonly clientReference: string | null
  readonly clientOrderNumber: string | null
  /** one of `GET /api/v1/lims/states` */
  readonly state: string
  readonly stateTitle: string
  readonly cancelled: boolean
  /** all its analyses are on worksheets */
  readonly assigned: boolean
  readonly samplingDate: string | null
  readonly dateReceived: string | null
  readonly dueDate: string | null
  readonly dateVerified: string | null
  readonly datePublished: string | null
  readonly registeredAt: string
  /** due and not verified yet */
  readonly late: boolean
  readonly progress: WireProgress
}

/**
 * `GET /api/v1/lims/samples`: `state` (several by commas; `cancelled`, `late`, `unassigned` besides the states), `client`,
 * `batch`, `sampleType` (ids by commas), `q`, `from`, `to` (days of reception or registration), `order` (`-dueDate`),
 * `limit`, `offset`
 */
export type WireSampleList = {
  readonly items: readonly WireSampleRow[]
  readonly total: number
  readonly limit: number
  readonly offset: number
}

/** `GET /api/v1/lims/overview`: how many samples there are in each state, within what the caller may see */
export type WireLimsOverview = {
  readonly states: readonly { readonly state: string; readonly title: string; readonly count: number }[]
  readonly late: number
  readonly unassigned: number
  readonly cancelled: number
  readonly worksheets: readonly { readonly state: string; readonly title: string; readonly count: number }[]
}

export type WireRange = {
  readonly keyword: string
  readonly min?: string
  readonly max?: string
  readonly error?: string
  readonly hidemin?: string
  readonly hidemax?: string
  readonly rangecomment?: string
}

export type WireInterim = {
  readonly keyword: string
  readonly title: string
  readonly value: string
  readonly unit: string | null
  readonly hidden: boolean
  readonly wide: boolean
  readonly optional: boolean
}

/** One analysis in a grid of results, of a sample or of a worksheet. */
export type WireAnalysis = {
  readonly id: number
  readonly version: number
  readonly uid: string
  readonly objectId: string
  readonly kind: 'routine' | 'duplicate' | 'reference' | 'reject'
  readonly keyword: string
  readonly title: string
  readonly serviceId: number
  readonly category: string
  readonly pointOfCapture: 'lab' | 'field'
  /** sample that it is of; null for reference material */
  readonly sample: { readonly id: number; readonly objectId: string } | null
  readonly referenceSample: WireNamed | null
  readonly referenceType: 'b' | 'c' | null
  /** id of the analysis that a duplicate repeats */
  readonly originalId: number | null
  /** id of the analysis that this one measures again */
  readonly retestOfId: number | null
  readonly worksheet: { readonly id: number; readonly objectId: string } | null
  readonly position: number | null
  readonly state: string
  readonly stateTitle: string
  readonly cancelled: boolean
  readonly hidden: boolean
  /** as it is stored, for editing; empty where the caller may not see it yet */
  readonly result: string
  readonly operand: '<' | '>' | null
  /** as people read it */
  readonly shown: string
  readonly shownUncertainty: string
  readonly uncertainty: string | null
  readonly unit: string | null
  readonly range: WireRange | null
  readonly outOfRange: boolean
  /** out of range, but by no more than the shoulder */
  readonly acceptable: boolean
  readonly interims: readonly WireInterim[]
  readonly resultType: 'numeric' | 'string' | 'text' | 'select' | 'multiselect' | 'multichoice' | 'date'
  readonly options: readonly { readonly value: string; readonly text: string }[]
  /** the result comes from a formula and is not typed in */
  readonly calculated: boolean
  readonly formula: string | null
  readonly detectionLimitSelector: boolean
  readonly allowManualDetectionLimit: boolean
  readonly allowManualUncertainty: boolean
  readonly attachmentRequired: boolean
  readonly method: WireNamed | null
  readonly instrument: WireNamed | null
  readonly analyst: string | null
  readonly remarks: string | null
  readonly dueDate: string | null
  readonly capturedAt: string | null
  readonly submittedBy: string | null
  readonly submittedAt: string | null
  readonly verifiedBy: readonly string[]
  readonly requiredVerifications: number
  readonly accredited: boolean
  readonly price: number
  readonly vat: number
  /** what the caller may do now */
  readonly moves: readonly WireMove[]
  /** results may be entered by the caller now */
  readonly editable: boolean
}

export type WirePartition = {
  readonly id: number
  readonly objectId: string
  readonly container: WireNamed | null
  readonly preservation: WireNamed | null
  readonly state: string
  readonly stateTitle: string
}

/** `GET /api/v1/lims/samples/{id}` */
export type WireSample = WireSampleRow & {
  readonly version: number
  readonly path: string
  readonly ccContacts: readonly WireNamed[]
  readonly ccEmails: string | null
  readonly specification: WireNamed | null
  readonly publicationSpecification: WireNamed | null
  readonly template: WireNamed | null
  readonly profiles: readonly WireNamed[]
  readonly subGroup: WireNamed | null
  readonly ranges: readonly WireRange[]
  readonly remarks: string | null
  readonly resultsInterpretation: string | null
  readonly reportDryMatter: boolean
  readonly invoiceExclude: boolean
  readonly sampler: string | null
  readonly dateSampled: string | null
  readonly sampleState: string
  readonly sampleCondition: WireNamed | null
  readonly samplingDeviation: WireNamed | null
  readonly storageLocation: WireNamed | null
  readonly environmentalConditions: string | null
  readonly adHoc: boolean
  readonly composite: boolean
  readonly disposalDate: string | null
  readonly rejectionReasons: readonly string[]
  /** the sample that was invalidated, and the one that follows it */
  readonly follows: WireNamed | null
  readonly followedBy: WireNamed | null
  /** other requests about the same material */
  readonly siblings: readonly WireNamed[]
  readonly partitions: readonly WirePartition[]
  readonly analyses: readonly WireAnalysis[]
  readonly price: WirePrice
  readonly moves: readonly WireMove[]
  /** moves of the material, such as `expire` */
  readonly sampleMoves: readonly WireMove[]
  readonly editable: boolean
}

/** amounts in the currency of the laboratory */
export type WirePrice = {
  readonly currency: string
  readonly subtotal: number
  readonly discount: number
  readonly vat: number
  readonly total: number
}

/** One column of the page that registers samples; ids of records, instants as ISO-8601. */
export type WireNewSample = {
  readonly client: number
  readonly contact: number
  readonly sampleType?: number | null
  readonly samplingDate?: string | null
  readonly services?: readonly number[]
  readonly profiles?: readonly number[]
  readonly template?: number | null
  readonly specification?: number | null
  readonly resultsRange?: readonly WireRange[]
  /** an existing material that is asked about once more */
  readonly sample?: number | null
  readonly partitions?: readonly {
    readonly container?: number | null
    readonly preservation?: number | null
    readonly services?: readonly number[]
  }[]
  readonly batch?: number | null
  readonly subGroup?: number | null
  readonly priority?: number | null
  readonly ccContact?: readonly number[]
  readonly ccEmails?: string | null
  readonly clientOrderNumber?: string | null
  readonly clientReference?: string | null
  readonly clientSampleId?: string | null
  readonly samplePoint?: number | null
  readonly storageLocation?: number | null
  readonly samplingDeviation?: number | null
  readonly sampleCondition?: number | null
  readonly environmentalConditions?: string | null
  readonly dateSampled?: string | null
  readonly sampler?: string | null
  readonly adHoc?: boolean
  readonly composite?: boolean
  readonly reportDryMatter?: boolean
  readonly invoiceExclude?: boolean
  readonly remarks?: string | null
}

/** `POST /api/v1/lims/samples/plan` with `{sample: WireNewSample}`: what registering it would make; stores nothing */
export type WireRegistrationPlan = {
  readonly services: readonly {
    readonly id: number
    readonly keyword: string
    readonly title: string
    readonly category: string
    readonly price: number
    /** why it is there although nobody ticked it */
    readonly because: 'asked' | 'profile' | 'template' | 'needed'
    readonly range: WireRange | null
  }[]
  readonly specification: WireNamed | null
  readonly price: WirePrice
}

/** `POST /api/v1/lims/samples` with `{samples: WireNewSample[]}`; problems are named `0.contact` where there are several */
export type WireRegistered = {
  readonly items: readonly {
    readonly id: number
    readonly sampleId: number
    readonly objectId: string
    readonly sampleObjectId: string
  }[]
}

/**
 * `POST /api/v1/lims/transitions` with `{objects: [{record: 'request', id}], action, reason?, reasons?}`; `record` is the
 * part of a record's name behind `lims.`; all objects move or none does
 */
export type WireMoved = {
  readonly born: readonly {
    readonly kind: 'retest' | 'follow-up' | 'replacement' | 'reject-copy' | 'control-copy'
    readonly of: number
    readonly id: number
  }[]
}

/** `POST /api/v1/lims/results` with `{entries: WireResultEntry[]}` */
export type WireResultEntry = {
  readonly id: number
  /** the version that was read; another one now is refused with 409 */
  readonly version?: number
  readonly result?: string
  readonly operand?: '<' | '>' | null
  readonly interims?: Readonly<Record<string, string>>
  readonly uncertainty?: string | null
  readonly method?: number | null
  readonly instrument?: number | null
  readonly analyst?: string | null
  readonly remarks?: string | null
  readonly hidden?: boolean
}

/** every analysis that changed, calculated ones included */
export type WireEntered = { readonly analyses: readonly WireAnalysis[] }

/** `GET /api/v1/lims/find?code=AP-0001`: what a scanned or typed code means */
export type WireFoundCode = {
  readonly kind: 'sample' | 'worksheet' | 'reference-sample' | 'batch'
  readonly id: number
  readonly objectId: string
} | null

/** `GET /api/v1/lims/states`: words of all states, by kind of thing */
export type WireStates = Readonly<
  Record<'sample' | 'analysis' | 'worksheet', readonly { readonly state: string; readonly title: string }[]>
>
