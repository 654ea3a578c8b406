import type { ResultRange } from '../domain/result-range.ts'

/** A partition as it is asked for; services without one go into the first. */
export type NewPartition = {
  readonly container?: number | null
  readonly preservation?: number | null
  /** ids of services */
  readonly services?: readonly number[]
}

/** What is registered: a request and, unless it names one, its sample. Ids are those of rows. */
export type NewRequest = {
  readonly client: number
  readonly contact: number
  readonly sampleType?: number | null
  readonly samplingDate?: Date | null
  readonly services?: readonly number[]
  readonly profiles?: readonly number[]
  readonly template?: number | null
  readonly specification?: number | null
  readonly publicationSpecification?: number | null
  /** ranges that win over those of the specification */
  readonly resultsRange?: readonly ResultRange[]
  /** an existing sample that is asked about once more */
  readonly sample?: number | null
  readonly partitions?: readonly NewPartition[]
  readonly batch?: number | null
  readonly subGroup?: number | null
  readonly priority?: number | null
  readonly ccContact?: readonly number[]
  readonly ccEmails?: string | null
  readonly clientOrderNumber?: string | null
  readonly clientReference?: string | null
  readonly clientSampleId?: string | null
  readonly defaultContainerType?: number | null
  readonly samplePoint?: number | null
  readonly storageLocation?: number | null
  readonly samplingDeviation?: number | null
  readonly sampleCondition?: number | null
  readonly environmentalConditions?: string | null
  readonly dateSampled?: Date | null
  readonly sampler?: string | null
  readonly scheduledSamplingSampler?: string | null
  readonly adHoc?: boolean
  readonly composite?: boolean
  readonly reportDryMatter?: boolean
  readonly invoiceExclude?: boolean
  readonly remarks?: string | null
  readonly analysisServicesSettings?: readonly { readonly uid: string; readonly hidden: boolean }[]
  /** overrides what the laboratory chose */
  readonly samplingWorkflowEnabled?: boolean
}

/** Fields that live on the sample, also where they are written through the request (specification 2.2.8). */
export const SAMPLE_FIELDS = [
  'samplePoint',
  'storageLocation',
  'samplingDeviation',
  'sampleCondition',
  'environmentalConditions',
  'dateSampled',
  'sampler',
  'scheduledSamplingSampler',
  'adHoc',
  'composite',
  'clientReference',
  'clientSampleId',
  'samplingDate',
] as const

/** Fields that live on the request. */
export const REQUEST_FIELDS = [
  'ccContact',
  'ccEmails',
  'batch',
  'subGroup',
  'priority',
  'clientOrderNumber',
  'defaultContainerType',
  'reportDryMatter',
  'invoiceExclude',
  'remarks',
  'publicationSpecification',
  'analysisServicesSettings',
] as const
