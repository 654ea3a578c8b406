import { findKeyword } from './dictionary.ts'
import { parseTag, type Tag } from './tag.ts'

export type ImageLevel = 'study' | 'series' | 'instance'

/**
 * How values of an attribute are compared: `text` and `name` ignoring case and with wildcards, `code` with wildcards,
 * `date` and `time` also by range, `uid` and `number` exactly, `modalities` by any of a list.
 */
export type Comparison = 'text' | 'name' | 'code' | 'date' | 'time' | 'uid' | 'number' | 'modalities'

/** An attribute that can be searched by (PS3.18 tables 10.6.1-5 and further ones); `column` names it in the store. */
export type SearchAttribute = {
  readonly level: ImageLevel
  readonly tag: Tag
  /** the attribute of its items, for a sequence */
  readonly inner?: Tag
  readonly column: SearchColumn
  readonly compare: Comparison
}

export const SEARCH_ATTRIBUTES = [
  { level: 'study', tag: 0x00080020, column: 'study_date', compare: 'date' },
  { level: 'study', tag: 0x00080030, column: 'study_time', compare: 'time' },
  { level: 'study', tag: 0x00080050, column: 'accession_number', compare: 'text' },
  { level: 'study', tag: 0x00080061, column: 'modalities', compare: 'modalities' },
  { level: 'study', tag: 0x00080090, column: 'referring_physician', compare: 'name' },
  { level: 'study', tag: 0x00081030, column: 'description', compare: 'text' },
  { level: 'study', tag: 0x00100010, column: 'patient_name', compare: 'name' },
  { level: 'study', tag: 0x00100020, column: 'patient_id', compare: 'text' },
  { level: 'study', tag: 0x00100030, column: 'patient_birth_date', compare: 'date' },
  { level: 'study', tag: 0x00100040, column: 'patient_sex', compare: 'code' },
  { level: 'study', tag: 0x0020000d, column: 'study_uid', compare: 'uid' },
  { level: 'study', tag: 0x00200010, column: 'study_label', compare: 'code' },
  { level: 'series', tag: 0x00080021, column: 'series_date', compare: 'date' },
  { level: 'series', tag: 0x00080060, column: 'modality', compare: 'code' },
  { level: 'series', tag: 0x00080070, column: 'manufacturer', compare: 'code' },
  { level: 'series', tag: 0x00081010, column: 'station_name', compare: 'code' },
  { level: 'series', tag: 0x0008103e, column: 'description', compare: 'text' },
  { level: 'series', tag: 0x00180015, column: 'body_part', compare: 'code' },
  { level: 'series', tag: 0x0020000e, column: 'series_uid', compare: 'uid' },
  { level: 'series', tag: 0x00200011, column: 'series_number', compare: 'number' },
  { level: 'series', tag: 0x00400244, column: 'performed_date', compare: 'date' },
  { level: 'series', tag: 0x00400245, column: 'performed_time', compare: 'time' },
  { level: 'series', tag: 0x00400275, inner: 0x00400009, column: 'scheduled_step_id', compare: 'code' },
  { level: 'series', tag: 0x00400275, inner: 0x00401001, column: 'requested_procedure_id', compare: 'code' },
  { level: 'instance', tag: 0x00080016, column: 'sop_class_uid', compare: 'uid' },
  { level: 'instance', tag: 0x00080018, column: 'instance_uid', compare: 'uid' },
  { level: 'instance', tag: 0x00083002, column: 'transfer_syntax_uid', compare: 'uid' },
  { level: 'instance', tag: 0x00200013, column: 'instance_number', compare: 'number' },
  { level: 'instance', tag: 0x00280008, column: 'number_of_frames', compare: 'number' },
  { level: 'instance', tag: 0x00280010, column: 'rows', compare: 'number' },
  { level: 'instance', tag: 0x00280011, column: 'columns', compare: 'number' },
  { level: 'instance', tag: 0x00280100, column: 'bits_allocated', compare: 'number' },
] as const

export type SearchColumn = (typeof SEARCH_ATTRIBUTES)[number]['column']

/** What a value must be like; `values` are alternatives. */
export type Matching =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'wildcard'; readonly pattern: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }

export type SearchCondition = { readonly attribute: SearchAttribute; readonly matching: Matching }

/** A search for studies, series or instances. */
export type ImageSearch = {
  readonly level: ImageLevel
  readonly conditions: readonly SearchCondition[]
  readonly limit: number
  readonly offset: number
}

/** The tags of a keyword, eight digits, or two of either around a dot; undefined for what is neither. */
export function parseAttributePath(text: string): readonly Tag[] | undefined {
  const tags = text
    .split('.')
    .map((part) => (/^[0-9a-f]{8}$/i.test(part) ? parseTag(part) : findKeyword(part)?.tag))
  return tags.length > 0 && tags.every((tag) => tag !== undefined) ? tags : undefined
}

/** What can be searched by of a path; undefined if nothing can. */
export function findSearchAttribute([tag, inner]: readonly Tag[]): SearchAttribute | undefined {
  return SEARCH_ATTRIBUTES.find(
    (attribute) => attribute.tag === tag && ('inner' in attribute ? attribute.inner : undefined) === inner,
  )
}

/**
 * What the value of a query parameter asks of an attribute; undefined for an empty one, which matches everything
 * (PS3.4 C.2.2.2). UIDs come as a list, others with wildcards or, for dates and times, as a range.
 *
 * @returns `invalid` for what the attribute cannot be compared with
 */
export function parseMatching(
  { compare }: Pick<SearchAttribute, 'compare'>,
  text: string,
): Matching | 'invalid' | undefined {
  if (text === '' || /^\*+$/.test(text)) return undefined
  switch (compare) {
    case 'uid':
      return listOf(text.split(/[,\\]/), /^[0-9.]{1,64}$/)
    case 'modalities':
      return listOf(text.split(/[,\\]/), /^[A-Z0-9_ ]{1,16}$/)
    case 'number':
      return listOf([text], /^-?\d{1,9}$/)
    case 'date':
      return parseRange(text, /^\d{8}$/)
    case 'time':
      return parseRange(text, /^\d\d(\d\d(\d\d(\.\d{1,6})?)?)?$/)
    default:
      return /[*?]/.test(text) ? { kind: 'wildcard', pattern: text } : { kind: 'values', values: [text] }
  }
}

function listOf(values: readonly string[], form: RegExp): Matching | 'invalid' {
  const trimmed = values.map((value) => value.trim()).filter((value) => value !== '')
  return trimmed.length > 0 && trimmed.every((value) => form.test(value))
    ? { kind: 'values', values: trimmed }
    : 'invalid'
}

function parseRange(text: string, form: RegExp): Matching | 'invalid' {
  const [from = '', to, ...rest] = text.split('-').map((part) => part.trim())
  if (rest.length > 0) return 'invalid'
  if (to === undefined) return form.test(from) ? { kind: 'values', values: [from] } : 'invalid'
  const isRange = (from !== '' || to !== '') && [from, to].every((end) => end === '' || form.test(end))
  return isRange ? { kind: 'range', from, to } : 'invalid'
}
