import type { JsonAttribute, JsonDataSet } from '../../modules/dicom/domain/json-model.ts'
import { hexTag, type Tag } from '../../modules/dicom/domain/tag.ts'
import type { Vr } from '../../modules/dicom/domain/vr.ts'
import type { FoundImage } from '../../modules/dicom/search-images.ts'

/** Attributes that every answer of a level has, also empty ones (PS3.18 tables 10.6.3-3 to 10.6.3-5). */
const STUDY_TAGS: Readonly<Record<string, Vr>> = {
  '00080020': 'DA',
  '00080030': 'TM',
  '00080050': 'SH',
  '00080090': 'PN',
  '00081030': 'LO',
  '00100010': 'PN',
  '00100020': 'LO',
  '00100030': 'DA',
  '00100040': 'CS',
  '00200010': 'SH',
}
const SERIES_TAGS: Readonly<Record<string, Vr>> = {
  '00080060': 'CS',
  '0008103E': 'LO',
  '00200011': 'IS',
}
/** Only where the study or series says them. */
const IF_KNOWN: ReadonlySet<string> = new Set(['00080201', '00400244', '00400245', '00400275'])

export type Presenting = {
  /** address of the service, without a slash at its end */
  readonly base: string
  readonly include: ReadonlySet<Tag> | 'all'
  /** whether attributes of the levels above are told: the address names no study or series */
  readonly isRelational: boolean
  /** of the instance, where fields of it were asked for */
  readonly model?: JsonDataSet | undefined
}

/** One result of a search in the DICOM JSON model. */
export function presentMatch(found: FoundImage, presenting: Presenting): JsonDataSet {
  const { study, series, instance } = found
  const { base, isRelational } = presenting
  const place = [
    `${base}/studies/${study.uid}`,
    ...(series ? [`/series/${series.uid}`] : []),
    ...(instance ? [`/instances/${instance.uid}`] : []),
  ].join('')
  const isOfStudy = !series || isRelational
  const isOfSeries = series && (!instance || isRelational)
  const attributes: Record<string, JsonAttribute> = {
    ...(presenting.model ? chosen(presenting.model, presenting.include) : {}),
    ...(isOfStudy ? studyAttributes(found, presenting) : {}),
    ...(isOfSeries ? seriesAttributes(series, presenting) : {}),
    ...(instance ? instanceAttributes(instance) : {}),
    '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
    '00080056': { vr: 'CS', Value: ['ONLINE'] },
    '00081190': { vr: 'UR', Value: [place] },
    '0020000D': { vr: 'UI', Value: [study.uid] },
    ...(series ? { '0020000E': { vr: 'UI' as const, Value: [series.uid] } } : {}),
  }
  return attributes
}

function studyAttributes({ study }: FoundImage, { include }: Presenting): Record<string, JsonAttribute> {
  return {
    ...level(JSON.parse(study.attributes), STUDY_TAGS, include),
    '00080061': { vr: 'CS', Value: study.modalities },
    '00201206': { vr: 'IS', Value: [study.seriesCount] },
    '00201208': { vr: 'IS', Value: [study.instanceCount] },
  }
}

function seriesAttributes(
  series: NonNullable<FoundImage['series']>,
  { include }: Presenting,
): Record<string, JsonAttribute> {
  return {
    ...level(JSON.parse(series.attributes), SERIES_TAGS, include),
    '00201209': { vr: 'IS', Value: [series.instanceCount] },
  }
}

function instanceAttributes(instance: NonNullable<FoundImage['instance']>): Record<string, JsonAttribute> {
  const number = (vr: Vr, value: number | null): JsonAttribute =>
    value === null ? { vr } : { vr, Value: [value] }
  return {
    '00080016': { vr: 'UI', Value: [instance.sopClassUid] },
    '00080018': { vr: 'UI', Value: [instance.uid] },
    '00083002': { vr: 'UI', Value: [instance.transferSyntaxUid] },
    '00200013': number('IS', instance.number),
    ...(instance.numberOfFrames === null ? {} : { '00280008': number('IS', instance.numberOfFrames) }),
    ...(instance.rows === null ? {} : { '00280010': number('US', instance.rows) }),
    ...(instance.columns === null ? {} : { '00280011': number('US', instance.columns) }),
    ...(instance.bitsAllocated === null ? {} : { '00280100': number('US', instance.bitsAllocated) }),
  }
}

/** What a level tells: what it must, empty where it is not known, and what was asked for. */
function level(
  stored: JsonDataSet,
  required: Readonly<Record<string, Vr>>,
  include: Presenting['include'],
): Record<string, JsonAttribute> {
  const empty = Object.fromEntries(Object.entries(required).map(([tag, vr]) => [tag, { vr }]))
  const told = Object.entries(stored).filter(
    ([tag]) => Object.hasOwn(required, tag) || IF_KNOWN.has(tag) || isIncluded(tag, include),
  )
  return { ...empty, ...Object.fromEntries(told) }
}

function chosen(model: JsonDataSet, include: Presenting['include']): JsonDataSet {
  return Object.fromEntries(
    Object.entries(model).filter(
      ([tag, attribute]) => isIncluded(tag, include) && attribute.BulkDataURI === undefined,
    ),
  )
}

function isIncluded(tag: string, include: Presenting['include']): boolean {
  return include === 'all' || include.has(Number.parseInt(tag, 16))
}

/** Whether an answer needs the models of instances: fields were asked for that no row has. */
export function needsModels({ include }: Pick<Presenting, 'include'>): boolean {
  if (include === 'all') return true
  return [...include].some((tag) => !OF_ROWS.has(hexTag(tag)))
}

const OF_ROWS: ReadonlySet<string> = new Set([
  ...Object.keys(STUDY_TAGS),
  ...Object.keys(SERIES_TAGS),
  ...IF_KNOWN,
  ...['00080005', '00080016', '00080018', '00080056', '00080061', '00081190', '00083002', '0020000D'],
  ...[
    '0020000E',
    '00200013',
    '00201206',
    '00201208',
    '00201209',
    '00280008',
    '00280010',
    '00280011',
    '00280100',
  ],
])
