import {
  AT,
  type Endpoint,
  FLAG,
  listOf,
  MAYBE_AT,
  MAYBE_TEXT,
  object,
  type Schema,
  TEXT,
  WHOLE,
} from './openapi-shapes.ts'

const PROFILE: Schema = {
  anyOf: [object({ purpose: MAYBE_TEXT, organization: MAYBE_TEXT }), { type: 'null' }],
}
const DEVELOPER = object({
  profile: PROFILE,
  purposes: { type: 'array', items: object({ value: TEXT, label: TEXT }) },
})
const UPLOAD: Schema = { type: 'string', contentMediaType: 'application/octet-stream' }
const FORM_FIELD = object({
  ...{ keyword: TEXT, name: TEXT, tag: TEXT, vr: TEXT, vm: TEXT, several: FLAG, retired: FLAG },
  terms: { type: 'array', items: object({ value: TEXT, meaning: TEXT }) },
})
const VALUES: Schema = {
  type: 'object',
  description: 'values by keyword',
  additionalProperties: { type: ['string', 'array'], items: TEXT },
}
const KEY_FACTS = { number: WHOLE, name: TEXT, prefix: TEXT, createdAt: AT, expiresAt: MAYBE_AT }
const QUOTA = object({ used: WHOLE, quota: WHOLE })

/** What the pages of the DICOM part call for developers, reading and generating. */
export const DICOM_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/dicom/developer': {
    summary: 'The developer profile of the caller, and the purposes there are',
    answer: DEVELOPER,
  },
  'PUT /api/v1/dicom/developer': {
    summary: 'Make or change the own developer profile',
    body: { 'purpose?': MAYBE_TEXT, 'organization?': MAYBE_TEXT },
    answer: DEVELOPER,
  },
  'GET /api/v1/dicom/developer/usage': {
    summary: 'Use of the DICOM API in a month by day, against the quotas',
    query: { month: 'YYYY-MM in the zone of the site; the current month unless given.' },
    answer: object({
      month: TEXT,
      isCurrent: FLAG,
      days: { type: 'array', items: object({ day: TEXT, read: WHOLE, generate: WHOLE }) },
      totals: object({ read: QUOTA, generate: QUOTA }),
      resetsAt: AT,
    }),
  },
  'GET /api/v1/dicom/developer/keys': {
    summary: 'Own API keys, the newest first; never their secrets',
    answer: listOf(object({ ...KEY_FACTS, lastUsedAt: MAYBE_AT, revokedAt: MAYBE_AT })),
  },
  'POST /api/v1/dicom/developer/keys': {
    summary: 'Make an API key; it is shown this once',
    body: { name: TEXT, 'expiresAt?': AT },
    answer: object({ ...KEY_FACTS, key: TEXT }),
    status: 201,
  },
  'POST /api/v1/dicom/developer/keys/{number}/revoke': {
    summary: 'Make a key useless; it stays in the list',
  },
  'DELETE /api/v1/dicom/developer/keys/{number}': { summary: 'Make a key useless and forget it' },
  'POST /api/v1/dicom/read': {
    summary:
      'Elements and frames of a DICOM file or ZIP, of which nothing is kept: parts of two lengths (32 bits, ' +
      'little endian), a head in JSON and a payload of samples',
    form: { file: UPLOAD },
    file: 'application/octet-stream',
  },
  'GET /api/v1/dicom/generate/fields': {
    summary: 'Fields that a new DICOM file may be given',
    query: {
      q: 'Words of name, keyword or tag.',
      keywords: 'Instead: exactly these, parted by commas.',
      limit: 'Fields at most.',
    },
    answer: object({ items: { type: 'array', items: FORM_FIELD }, total: WHOLE }),
  },
  'POST /api/v1/dicom/generate/check': {
    summary: 'What is wrong with the values of a form; makes nothing',
    body: { fields: VALUES },
    answer: object({ problems: { type: 'array', items: object({ field: TEXT, problem: TEXT }) } }),
  },
  'POST /api/v1/dicom/generate': {
    summary: 'A DICOM file of one or more pictures and the fields of a form (JSON in the part fields)',
    form: { fileName: TEXT, image: UPLOAD, 'fields?': TEXT },
    file: 'application/dicom',
  },
}
