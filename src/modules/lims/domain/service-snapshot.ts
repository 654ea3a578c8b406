/** A value that is typed in beside a result and enters its calculation. */
export type Interim = {
  readonly keyword: string
  readonly title: string
  readonly value: string
  readonly unit?: string
  readonly hidden?: boolean
  /** one column to fill the whole worksheet */
  readonly wide?: boolean
  readonly allow_empty?: boolean
  readonly report?: boolean
}

/** A row of an uncertainty table: `errorvalue` is absolute or `n%` of the result. */
export type UncertaintyRow = {
  readonly intercept_min: string
  readonly intercept_max: string
  readonly errorvalue: string
}

export type ResultOption = { readonly ResultValue: string; readonly ResultText: string }

export type ResultType = 'numeric' | 'string' | 'text' | 'select' | 'multiselect' | 'multichoice' | 'date'

/**
 * What an analysis keeps of its service, as it was when the analysis was made: later changes of the service do not
 * change old results.
 */
export type ServiceSnapshot = {
  readonly title: string
  readonly keyword: string
  readonly unit: string | null
  readonly precision: number | null
  readonly exponentialFormatPrecision: number
  readonly lowerDetectionLimit: number
  readonly upperDetectionLimit: number
  readonly detectionLimitSelector: boolean
  readonly allowManualDetectionLimit: boolean
  readonly resultType: ResultType
  readonly resultOptions: readonly ResultOption[]
  readonly uncertainties: readonly UncertaintyRow[]
  readonly precisionFromUncertainty: boolean
  readonly allowManualUncertainty: boolean
  readonly reportDryMatter: boolean
  readonly attachmentRequired: boolean
  readonly manualEntryOfResults: boolean
  readonly duplicateVariation: number | null
  readonly accredited: boolean
  /** who measures it, where the laboratory does not; absent in snapshots without one */
  readonly subcontractor?: string | null
  readonly methodTitle: string | null
  /** absent for a result that is typed in */
  readonly formula: string | null
  /** keywords of the services that the formula needs */
  readonly needs: readonly string[]
  readonly categoryTitle: string
  readonly maxTimeAllowedS: number | null
}
