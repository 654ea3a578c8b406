import { createHmac } from 'node:crypto'
import { invalidInput } from '../../../core/refusal.ts'
import { cleanText, identifyingWords } from './clean-text.ts'
import {
  BASIC_PROFILE_CODE,
  CLEAN_PIXEL_DATA_CODE,
  CONFIDENTIALITY_OPTIONS,
  type ConfidentialityOption,
  type ProfileAction,
  profileAction,
} from './confidentiality-profile.ts'
import type { DataSet, DicomElement } from './data-set.ts'
import { dummyElement } from './dummy-element.ts'
import { fieldName, makeBytesElement, makeDataSet, makeNamed, makeSequence, tagOf } from './make-element.ts'
import { findPixelElement } from './pixel-description.ts'
import { findText, readTexts } from './read-value.ts'
import { isSafePrivate } from './safe-private.ts'
import { dateShiftDays, shiftDate, shiftDateTime } from './shift-date.ts'
import { isPrivateTag, type Tag, tagElement } from './tag.ts'
import { replacementUid } from './uid.ts'
import { findUid } from './uid-names.ts'
import { vrTraits } from './vr.ts'

export type Deidentification = {
  readonly options: ReadonlySet<ConfidentialityOption>
  /** Secret of the job: the same original becomes the same replacement under it. At least 16 bytes. */
  readonly key: Uint8Array
  /** Whether pixels may show identity: refuse such images, or somebody has looked at them or had them cleaned. */
  readonly pixels: 'refuse-risky' | 'confirmed' | 'cleaned'
  /** Product and version, for De-identification Method. */
  readonly method: string
}

/** What was done to one attribute; never its old value. */
export type DeidentificationChange = {
  /** Keywords from the top, items counted from 1: `RequestAttributesSequence[1].ScheduledProcedureStepID`. */
  readonly path: string
  readonly tag: Tag
  readonly action: 'removed' | 'emptied' | 'replaced' | 'uid-replaced' | 'cleaned' | 'kept'
}

export type Deidentified = { readonly dataSet: DataSet; readonly changes: readonly DeidentificationChange[] }

type Job = Deidentification & {
  readonly changes: DeidentificationChange[]
  readonly words: ReadonlySet<string>
  readonly shiftDays: number
  readonly patientNumber: number
}

const LEAST_KEY_BYTES = 16

/**
 * Removes identity by the Basic Application Level Confidentiality Profile and options (PS3.15 annex E), at every
 * level of nesting. UIDs, patients' pseudonyms and date shifts are the same for the same original under the same
 * key, so that studies stay together.
 *
 * @throws RefusedError `invalid-input` if both date options are chosen, or pixels may show identity
 */
export function deidentify(dataSet: DataSet, request: Deidentification): Deidentified {
  if (request.key.length < LEAST_KEY_BYTES) throw new Error('The key of a de-identification is too short.')
  if (request.options.has('retain-full-dates') && request.options.has('retain-modified-dates')) {
    throw invalidInput('options', 'Dates are either kept or modified, not both.')
  }
  if (request.pixels === 'refuse-risky' && mayShowIdentity(dataSet)) {
    throw invalidInput('pixels', 'The pixels may show who the patient is. Look at them, then confirm.')
  }
  const patient = findText(dataSet, 0x00100020) || findText(dataSet, 0x00100010) || ''
  const job: Job = {
    ...request,
    changes: [],
    words: identifyingWords(identifyingValues(dataSet)),
    shiftDays: dateShiftDays(patient, request.key),
    patientNumber: createHmac('sha256', request.key)
      .update(`patient ${patient}`, 'utf8')
      .digest()
      .readUInt32BE(0),
  }
  const cleaned = deidentifyLevel(dataSet, job, '')
  const marks = marksOf(cleaned, job)
  return { dataSet: makeDataSet([...cleaned.elements.values(), ...marks]), changes: job.changes }
}

/** Modalities whose pictures often carry the patient's name in the pixels. */
const RISKY_MODALITIES: ReadonlySet<string> = new Set(['US', 'SC', 'XC', 'OT', 'ES', 'GM'])

/** Whether identity may be burned into the pixels, by Burned In Annotation or, without it, by modality. */
export function mayShowIdentity(dataSet: DataSet): boolean {
  if (!findPixelElement(dataSet)) return false
  const burnedIn = findText(dataSet, 0x00280301)
  if (burnedIn === 'YES') return true
  return burnedIn !== 'NO' && RISKY_MODALITIES.has(findText(dataSet, 0x00080060) ?? '')
}

/** Names, identifiers and places: attributes whose words must not survive in free text. */
const IDENTIFYING: readonly Tag[] = [
  0x00080050, 0x00080080, 0x00080081, 0x00081010, 0x00081040, 0x00100020, 0x00101000, 0x00101040, 0x00102154,
  0x00200010, 0x00380010,
]

function identifyingValues(dataSet: DataSet): readonly string[] {
  return [...dataSet.elements.values()].flatMap((element) => {
    if (element.items) return element.items.flatMap(identifyingValues)
    const identifies = element.vr === 'PN' || IDENTIFYING.includes(element.tag)
    return identifies && vrTraits(element.vr).text ? readTexts(element, dataSet) : []
  })
}

function deidentifyLevel(dataSet: DataSet, job: Job, path: string): DataSet {
  const elements = [...dataSet.elements.values()]
    .filter(({ tag }) => tagElement(tag) !== 0)
    .flatMap((element) => {
      const result = deidentifyElement(element, dataSet, job, path)
      return result ? [result] : []
    })
  return { elements: new Map(elements.map((element) => [element.tag, element])), parent: dataSet.parent }
}

function deidentifyElement(
  element: DicomElement,
  dataSet: DataSet,
  job: Job,
  path: string,
): DicomElement | undefined {
  const place = `${path}${fieldName(element.tag)}`
  const note = (action: DeidentificationChange['action']): void => {
    job.changes.push({ path: place, tag: element.tag, action })
  }
  const action = actionFor(element, dataSet, job)
  const result = act(action, { element, dataSet, job, place })
  if (action !== 'keep') note(result === undefined ? 'removed' : DONE[action])
  else if (isPrivateTag(element.tag)) note('kept')
  return result
}

const DONE: Readonly<Record<ProfileAction, DeidentificationChange['action']>> = {
  keep: 'kept',
  remove: 'removed',
  empty: 'emptied',
  dummy: 'replaced',
  'dummy-or-empty': 'replaced',
  'replace-uid': 'uid-replaced',
  clean: 'cleaned',
}

function actionFor({ tag }: DicomElement, dataSet: DataSet, { options }: Job): ProfileAction {
  if (isPrivateTag(tag) && options.has('retain-safe-private') && isSafePrivate(dataSet, tag)) return 'keep'
  return profileAction(tag, options)
}

type Subject = {
  readonly element: DicomElement
  readonly dataSet: DataSet
  readonly job: Job
  readonly place: string
}

function act(action: ProfileAction, subject: Subject): DicomElement | undefined {
  const { element, job } = subject
  switch (action) {
    case 'keep':
      return descend(subject)
    case 'remove':
      return undefined
    case 'empty':
      return emptied(element)
    case 'dummy':
      return dummyElement(element, job.patientNumber)
    case 'dummy-or-empty':
      return isEmpty(element) ? emptied(element) : dummyElement(element, job.patientNumber)
    case 'replace-uid':
      return element.items ? descend(subject) : withNewUids(subject)
    case 'clean':
      return cleaned(subject)
  }
}

function isEmpty({ length, items }: DicomElement): boolean {
  return items ? items.length === 0 : length === 0
}

function emptied({ tag, vr, items }: DicomElement): DicomElement {
  return items ? makeSequence(tag, []) : makeBytesElement(tag, vr, new Uint8Array())
}

/** Items of a kept sequence are de-identified by themselves. */
function descend({ element, job, place }: Subject): DicomElement {
  const { items } = element
  if (!items) return element
  const inner = items.map((item, index) => deidentifyLevel(item, job, `${place}[${index + 1}].`))
  return { ...element, items: inner }
}

/** UIDs of the standard itself name no instance and stay. */
function withNewUids({ element, dataSet, job }: Subject): DicomElement {
  if (element.vr !== 'UI') return emptied(element)
  const uids = readTexts(element, dataSet).map((uid) =>
    uid === '' || findUid(uid) ? uid : replacementUid(uid, job.key),
  )
  return makeBytesElement(element.tag, 'UI', Buffer.from(uids.join('\\'), 'latin1'))
}

/** Dates are shifted, times kept, texts filtered, sequences cleaned inside; what is none of these goes. */
function cleaned(subject: Subject): DicomElement | undefined {
  const { element, dataSet, job } = subject
  const { vr, tag } = element
  if (element.items) return descend(subject)
  if (vr === 'TM') return element
  if (vr === 'DA' || vr === 'DT') {
    const shift = vr === 'DA' ? shiftDate : shiftDateTime
    const moved = readTexts(element, dataSet).map((text) => (text === '' ? '' : shift(text, job.shiftDays)))
    return moved.every((text) => text !== undefined)
      ? makeBytesElement(tag, vr, Buffer.from(moved.join('\\'), 'latin1'))
      : undefined
  }
  if (vrTraits(vr).text === undefined || vr === 'PN' || vr === 'UI' || vr === 'AE') return undefined
  const text = readTexts(element, dataSet)
    .map((value) => cleanText(value, job.words))
    .join('\\')
  return hasOnlyAscii(text)
    ? makeBytesElement(tag, vr, Buffer.from(text, 'latin1'))
    : unchangedOrRemoved(subject, text)
}

function hasOnlyAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}

/** Text in another character set is kept only if there was nothing to replace in it. */
function unchangedOrRemoved({ element, dataSet }: Subject, text: string): DicomElement | undefined {
  return text === readTexts(element, dataSet).join('\\') ? element : undefined
}

/** The marks of PS3.15 section E.1.1 step 6: what was done is said in the file. */
function marksOf(dataSet: DataSet, { options, method, pixels }: Job): readonly DicomElement[] {
  const codes = [
    BASIC_PROFILE_CODE,
    ...(pixels === 'cleaned' ? [CLEAN_PIXEL_DATA_CODE] : []),
    ...[...options].map((option) => CONFIDENTIALITY_OPTIONS[option]),
  ]
  return [
    makeNamed('PatientIdentityRemoved', 'YES'),
    makeNamed('DeidentificationMethod', method, 'PS3.15 Basic Application Confidentiality Profile'),
    makeSequence(tagOf('DeidentificationMethodCodeSequence'), codes.map(codeItem)),
    makeNamed('LongitudinalTemporalInformationModified', temporalMark(options)),
    ...(pixels === 'cleaned' && findPixelElement(dataSet) ? [makeNamed('BurnedInAnnotation', 'NO')] : []),
  ]
}

function temporalMark(options: ReadonlySet<ConfidentialityOption>): string {
  if (options.has('retain-full-dates')) return 'UNMODIFIED'
  return options.has('retain-modified-dates') ? 'MODIFIED' : 'REMOVED'
}

function codeItem({ code, meaning }: { readonly code: string; readonly meaning: string }): DataSet {
  return makeDataSet([
    makeNamed('CodeValue', code),
    makeNamed('CodingSchemeDesignator', 'DCM'),
    makeNamed('CodeMeaning', meaning),
  ])
}
