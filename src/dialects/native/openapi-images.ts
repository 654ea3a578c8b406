import {
  AT,
  type Endpoint,
  FLAG,
  MAYBE_AT,
  MAYBE_TEXT,
  object,
  type Schema,
  TEXT,
  WHOLE,
} from './openapi-shapes.ts'

const NUMBER: Schema = { type: 'number' }
const MAYBE_NUMBER: Schema = { type: ['number', 'null'] }
const MAYBE_WHOLE: Schema = { type: ['integer', 'null'] }
const NUMBERS: Schema = { type: ['array', 'null'], items: NUMBER }
const TEXTS: Schema = { type: 'array', items: TEXT }
const list = (items: Schema): Schema => ({ type: 'array', items })
const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })

const PERSON = object({ id: WHOLE, name: TEXT })
const STUDY_FIELDS = {
  studyUid: TEXT,
  patientName: MAYBE_TEXT,
  patientId: MAYBE_TEXT,
  patientBirthDate: MAYBE_TEXT,
  patientSex: MAYBE_TEXT,
  studyDate: MAYBE_TEXT,
  studyTime: MAYBE_TEXT,
  accessionNumber: MAYBE_TEXT,
  description: MAYBE_TEXT,
  referringPhysician: MAYBE_TEXT,
  modalities: TEXTS,
  seriesCount: WHOLE,
  instanceCount: WHOLE,
  sizeBytes: WHOLE,
  storedAt: AT,
  storedBy: maybe(PERSON),
  groups: list(PERSON),
  deleted: maybe(object({ at: MAYBE_AT, by: MAYBE_TEXT, reason: TEXT })),
}
const INSTANCE = object({
  instanceUid: TEXT,
  sopClassUid: TEXT,
  sopClassName: TEXT,
  instanceNumber: MAYBE_WHOLE,
  rows: MAYBE_WHOLE,
  columns: MAYBE_WHOLE,
  frames: WHOLE,
  transferSyntaxUid: TEXT,
  transferSyntaxName: TEXT,
  sizeBytes: WHOLE,
  problem: MAYBE_TEXT,
})
const SERIES = object({
  seriesUid: TEXT,
  modality: MAYBE_TEXT,
  seriesNumber: MAYBE_WHOLE,
  description: MAYBE_TEXT,
  bodyPart: MAYBE_TEXT,
  seriesDate: MAYBE_TEXT,
  manufacturer: MAYBE_TEXT,
  stationName: MAYBE_TEXT,
  instances: list(INSTANCE),
})
const DETAILS = object({
  ...STUDY_FIELDS,
  series: list(SERIES),
  may: object({ store: FLAG, export: FLAG, delete: FLAG }),
})
const ELEMENT = object({
  ...{ tag: TEXT, keyword: TEXT, name: TEXT, vr: TEXT, value: TEXT, depth: WHOLE, item: MAYBE_WHOLE },
})
const PIXELS = object({
  ...{ rows: WHOLE, columns: WHOLE, frames: WHOLE, samplesPerPixel: WHOLE, sampleType: TEXT },
  ...{ bitsAllocated: WHOLE, bitsStored: WHOLE, highBit: WHOLE, signed: FLAG, photometric: TEXT },
  ...{ slope: NUMBER, intercept: NUMBER, unit: MAYBE_TEXT },
  windows: list(object({ center: NUMBER, width: NUMBER, function: TEXT, explanation: MAYBE_TEXT })),
  ...{ inverted: FLAG, paddingValue: MAYBE_NUMBER, spacingMm: NUMBERS, spacingFrom: MAYBE_TEXT },
  ...{ aspectRatio: NUMBERS, orientation: NUMBERS, position: NUMBERS, frameTimeMs: MAYBE_NUMBER },
  ...{ hasVoiLut: FLAG, overlays: WHOLE },
})
const RESULT = object({
  name: TEXT,
  outcome: { type: 'string', enum: ['stored', 'duplicate', 'refused', 'skipped'] },
  'studyUid?': TEXT,
  'seriesUid?': TEXT,
  'instanceUid?': TEXT,
  'warnings?': TEXTS,
  'reason?': TEXT,
})
const UPLOAD: Schema = { type: 'string', contentMediaType: 'application/dicom' }
const PAGE = { limit: 'Items at most.', offset: 'Items to pass over.' }

/** What the pages of the image store call. */
export const IMAGE_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/dicom/studies': {
    summary: 'Stored studies that the caller sees',
    query: {
      q: 'Words in patient name or id, description or accession number; or the UID of a study.',
      patientName: 'Part of the name.',
      patientId: 'Part of the id.',
      description: 'Part of the description.',
      accession: 'Part of the accession number.',
      dateFrom: 'Day, included.',
      dateTo: 'Day, included.',
      modality: 'Modalities, one of which the study has.',
      bin: '`true` for those in the bin.',
      order: 'A field, `-` before it for descending.',
      ...PAGE,
    },
    answer: object({
      items: list(object(STUDY_FIELDS)),
      total: WHOLE,
      limit: WHOLE,
      offset: WHOLE,
      modalities: TEXTS,
    }),
  },
  'POST /api/v1/dicom/studies': {
    summary: 'Take in DICOM files and archives of them',
    form: { file: UPLOAD, 'group?': { ...TEXT, description: 'Ids of groups that see new studies.' } },
    answer: object({
      results: list(RESULT),
      stored: WHOLE,
      duplicates: WHOLE,
      refused: WHOLE,
      skipped: WHOLE,
      studies: list(object({ studyUid: TEXT, patientName: MAYBE_TEXT })),
    }),
  },
  'GET /api/v1/dicom/studies/{study}': {
    summary: 'A study with its series and instances',
    query: { bin: '`true` for one in the bin.' },
    answer: DETAILS,
  },
  'DELETE /api/v1/dicom/studies/{study}': {
    summary: 'Put a study into the bin',
    body: { reason: TEXT },
  },
  'POST /api/v1/dicom/studies/{study}/restore': {
    summary: 'Take a study out of the bin',
    answer: DETAILS,
  },
  'PUT /api/v1/dicom/studies/{study}/groups': {
    summary: 'Say which groups see a study',
    body: { groups: { type: 'array', items: WHOLE } },
    answer: DETAILS,
  },
  'GET /api/v1/dicom/studies/{study}/archive': {
    summary: 'All files of a study as a ZIP archive',
    query: { series: 'UID of the only series that is wanted.' },
    file: 'application/zip',
  },
  'POST /api/v1/dicom/studies/{study}/deidentified': {
    summary: 'Copies without identity as a ZIP archive, with a report',
    body: { 'options?': TEXTS, 'pixels?': TEXT, 'series?': TEXTS },
    file: 'application/zip',
  },
  'GET /api/v1/dicom/deidentification-options': {
    summary: 'Options of the confidentiality profile',
    answer: object({
      options: list(object({ ...{ name: TEXT, code: TEXT, meaning: TEXT, help: TEXT }, excludes: TEXTS })),
    }),
    credential: 'none',
  },
  'GET /api/v1/dicom/instances/{instance}/file': {
    summary: 'The file as it was stored',
    file: 'application/dicom',
  },
  'GET /api/v1/dicom/instances/{instance}/elements': {
    summary: 'Elements of an instance',
    query: { q: 'Text in tag, keyword, name or value.', ...PAGE },
    answer: object({ items: list(ELEMENT), total: WHOLE, limit: WHOLE, offset: WHOLE }),
  },
  'GET /api/v1/dicom/instances/{instance}/pixels': {
    summary: 'What a viewer must know of the pixels',
    answer: PIXELS,
  },
  'GET /api/v1/dicom/instances/{instance}/frames/{frame}/rendered': {
    summary: 'A frame, counted from 1, as a picture',
    query: {
      format: '`png`, `jpeg` or `gif`.',
      center: 'Window centre.',
      width: 'Window width.',
      function: '`LINEAR`, `LINEAR_EXACT` or `SIGMOID`.',
      quality: 'Of JPEG, 1 to 100.',
      size: 'Pixels that the longer side has at most.',
      overlays: '`true` draws overlay planes.',
    },
    file: 'image/png',
  },
  'GET /api/v1/dicom/instances/{instance}/frames/{frame}/pixels': {
    summary: 'The decoded samples of a frame, counted from 1',
    file: 'application/octet-stream',
  },
}
