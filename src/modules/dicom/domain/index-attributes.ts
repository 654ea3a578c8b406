import { invalidInput } from '../../../core/refusal.ts'
import { type DataSet, firstItem } from './data-set.ts'
import type { SeriesFacts, StudyFacts } from './instance-index.ts'
import { type JsonDataSet, presentJsonModel } from './json-model.ts'
import { isItem } from './json-model-text.ts'
import { SERIES_TAGS, STUDY_TAGS } from './level-attributes.data.ts'
import { tagOf } from './make-element.ts'
import { findNumber, findText } from './read-value.ts'
import { hexTag, TAGS, type Tag } from './tag.ts'

/** Longer text is no attribute of a study but a mistake, and no database indexes it. */
const MOST_CHARACTERS = 1024

/** Bytes of a value that is worth keeping with its study or series. */
const MOST_ATTRIBUTE_BYTES = 16 * 1024

const WELL_FORMED_UID = /^[0-9.]{1,64}$/

/**
 * A UID that names what is stored; digits and dots are enough, since scanners also write UIDs with leading zeros.
 *
 * @throws RefusedError `invalid-input` under its keyword
 */
export function requireUid(dataSet: DataSet, tag: Tag, keyword: string): string {
  const uid = findText(dataSet, tag) ?? ''
  if (uid === '') throw invalidInput(keyword, `${keyword} is missing.`)
  if (!WELL_FORMED_UID.test(uid)) throw invalidInput(keyword, `${keyword} is not a UID.`)
  return uid
}

/** Attributes of the patient and the study. */
export function studyFacts(dataSet: DataSet): StudyFacts {
  const text = textReader(dataSet)
  return {
    uid: requireUid(dataSet, TAGS.studyInstanceUid, 'StudyInstanceUID'),
    patientName: text('PatientName'),
    patientId: text('PatientID'),
    patientBirthDate: dateOf(text('PatientBirthDate')),
    patientSex: text('PatientSex'),
    date: dateOf(text('StudyDate')),
    time: timeOf(text('StudyTime')),
    accessionNumber: text('AccessionNumber'),
    label: text('StudyID'),
    description: text('StudyDescription'),
    referringPhysician: text('ReferringPhysicianName'),
    attributes: levelAttributes(dataSet, STUDY_TAGS),
  }
}

export function seriesFacts(dataSet: DataSet): SeriesFacts {
  const text = textReader(dataSet)
  const request = firstItem(dataSet, tagOf('RequestAttributesSequence'))
  const requested = request ? textReader(request) : () => null
  return {
    uid: requireUid(dataSet, TAGS.seriesInstanceUid, 'SeriesInstanceUID'),
    modality: text('Modality'),
    number: wholeNumber(dataSet, tagOf('SeriesNumber')),
    description: text('SeriesDescription'),
    bodyPart: text('BodyPartExamined'),
    date: dateOf(text('SeriesDate')),
    performedDate: dateOf(text('PerformedProcedureStepStartDate')),
    performedTime: timeOf(text('PerformedProcedureStepStartTime')),
    scheduledStepId: requested('ScheduledProcedureStepID'),
    requestedProcedureId: requested('RequestedProcedureID'),
    manufacturer: text('Manufacturer'),
    stationName: text('StationName'),
    attributes: levelAttributes(dataSet, SERIES_TAGS),
  }
}

function textReader(dataSet: DataSet): (keyword: string) => string | null {
  return (keyword) =>
    findText(dataSet, tagOf(keyword))?.replaceAll('\0', '').slice(0, MOST_CHARACTERS) || null
}

/** A whole number that fits a column, wherever it is stored. */
export function wholeNumber(dataSet: DataSet, tag: Tag): number | null {
  const number = findNumber(dataSet, tag)
  return number !== undefined && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null
}

/** `YYYYMMDD`, also of the old form with dots; null for what is no date. */
function dateOf(text: string | null): string | null {
  const match = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(text ?? '')
  return match ? `${match[1]}${match[2]}${match[3]}` : null
}

/** `HH[MM[SS[.F]]]`, also of the old form with colons; null for what is no time. */
function timeOf(text: string | null): string | null {
  const plain = (text ?? '').replaceAll(':', '')
  return /^\d\d(\d\d(\d\d(\.\d{1,6})?)?)?$/.test(plain) ? plain : null
}

function levelAttributes(dataSet: DataSet, tags: readonly Tag[]): JsonDataSet {
  const elements = tags.flatMap((tag) => {
    const element = dataSet.elements.get(tag)
    return element && element.length <= MOST_ATTRIBUTE_BYTES ? [[tag, element] as const] : []
  })
  return asUtf8(presentJsonModel({ elements: new Map(elements), parent: dataSet }))
}

const CHARACTER_SET = hexTag(TAGS.specificCharacterSet)

/** JSON is UTF-8 throughout and says so at the top; items have no character set of their own (PS3.18 F.2.1). */
export function asUtf8(model: JsonDataSet, level: 'top' | 'item' = 'top'): JsonDataSet {
  return Object.fromEntries(
    Object.entries(model).flatMap(([tag, attribute]) => {
      if (tag === CHARACTER_SET) {
        return level === 'top' ? [[tag, { vr: 'CS' as const, Value: ['ISO_IR 192'] }]] : []
      }
      if (attribute.vr !== 'SQ' || !attribute.Value) return [[tag, attribute]]
      const items = attribute.Value.map((item) => (isItem(item) ? asUtf8(item, 'item') : item))
      return [[tag, { ...attribute, Value: items }]]
    }),
  )
}
