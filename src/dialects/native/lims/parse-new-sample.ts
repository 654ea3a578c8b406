import type { ResultRange } from '../../../modules/lims/domain/result-range.ts'
import type { NewRequest } from '../../../modules/lims/registering/new-request.ts'
import { type Body, ID, IDS, INSTANT, LIST, LONG, parseFields, WORD, YES_NO } from './parse-fields.ts'

const FIELDS = {
  client: ID,
  contact: ID,
  sampleType: ID,
  samplingDate: INSTANT,
  services: IDS,
  profiles: IDS,
  template: ID,
  specification: ID,
  publicationSpecification: ID,
  resultsRange: LIST,
  sample: ID,
  partitions: LIST,
  batch: ID,
  subGroup: ID,
  priority: ID,
  ccContact: IDS,
  ccEmails: LONG,
  clientOrderNumber: WORD,
  clientReference: WORD,
  clientSampleId: WORD,
  defaultContainerType: ID,
  samplePoint: ID,
  storageLocation: ID,
  samplingDeviation: ID,
  sampleCondition: ID,
  environmentalConditions: WORD,
  dateSampled: INSTANT,
  sampler: WORD,
  scheduledSamplingSampler: WORD,
  adHoc: YES_NO,
  composite: YES_NO,
  reportDryMatter: YES_NO,
  invoiceExclude: YES_NO,
  remarks: LONG,
}

const RANGE = {
  keyword: WORD,
  min: WORD,
  max: WORD,
  error: WORD,
  hidemin: WORD,
  hidemax: WORD,
  rangecomment: WORD,
  min_operator: WORD,
  max_operator: WORD,
  warn_min: WORD,
  warn_max: WORD,
}

/** A sample as the page sends it. @throws RefusedError `invalid-input`, fields named from `at` on */
export function parseNewSample(body: unknown, at = ''): NewRequest {
  const values = parseFields(body, FIELDS, ['client', 'contact'], at)
  const partitions = listOf(values.partitions)?.map((each, index) =>
    parseFields(each, { container: ID, preservation: ID, services: IDS }, [], `${at}partitions.${index}.`),
  )
  return {
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
    ...(partitions ? { partitions } : {}),
    ...(values.resultsRange ? { resultsRange: parseRanges(values.resultsRange, at) } : {}),
    // both are required, so they are numbers
    client: values.client as number,
    contact: values.contact as number,
  }
}

export function parseRanges(given: unknown, at = ''): readonly ResultRange[] {
  // parsed field by field, and the keyword is required
  return (listOf(given) ?? []).map(
    (each, index) => parseFields(each, RANGE, ['keyword'], `${at}resultsRange.${index}.`) as ResultRange,
  )
}

function listOf(value: unknown): readonly Body[] | undefined {
  return Array.isArray(value) ? value : undefined
}
