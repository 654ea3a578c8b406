import { AT, type Endpoint, listOf, object, type Schema, TEXT, WHOLE } from './openapi-shapes.ts'

/** A page's facts; the wire types of the web application name every field. */
const FACTS: Schema = { type: 'object' }
const IDS: Schema = { type: 'array', items: WHOLE }
const ROWS: Schema = { type: 'array', items: FACTS }
const MADE = object({ id: WHOLE })
const KEPT = object({ id: WHOLE, version: WHOLE })
const REMARK = { body: { text: TEXT }, answer: object({ id: WHOLE, at: AT }), status: 201 as const }
const FILE = object({ id: WHOLE, label: TEXT, mediaType: TEXT, sizeBytes: WHOLE, href: TEXT })
const FILES = {
  form: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
  answer: listOf(FILE),
  status: 201 as const,
}
const FORM = {
  event: FACTS,
  'hours?': ROWS,
  'partsUsed?': ROWS,
  'returns?': ROWS,
  'linkers?': ROWS,
  'faults?': IDS,
  'comment?': TEXT,
}

/** Service log, parts and faults, besides their records. */
export const MACHINE_QA_SERVICE_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'POST /api/v1/machine-qa/service/events': {
    summary: 'Add a service event with hours, parts and return-to-service QA; all or nothing',
    body: FORM,
    answer: MADE,
    status: 201,
  },
  'PATCH /api/v1/machine-qa/service/events/{id}': {
    summary: 'Change a service event and what belongs to it; lists that are absent stay',
    body: { version: WHOLE, ...FORM, 'reason?': TEXT },
    answer: KEPT,
  },
  'GET /api/v1/machine-qa/service/events/{id}/details': {
    summary: 'Everything about a service event',
    answer: FACTS,
  },
  'POST /api/v1/machine-qa/service/events/{id}/delete': {
    summary: 'Take an event off all lists, with a reason; its parts go back to their storages',
    body: { reason: TEXT },
    answer: KEPT,
  },
  'POST /api/v1/machine-qa/service/events/{id}/restore': {
    summary: 'Bring a deleted event back; its parts are taken again',
    body: { 'reason?': TEXT },
    answer: KEPT,
  },
  'POST /api/v1/machine-qa/service/events/{id}/comments': {
    summary: 'Say something about a service event',
    ...REMARK,
  },
  'POST /api/v1/machine-qa/service/events/{id}/attachments': {
    summary: 'Add files to a service event; a form with file parts',
    ...FILES,
  },
  'GET /api/v1/machine-qa/service/choices': {
    summary: 'What can be chosen for a service event',
    query: { unit: 'Id of the unit.' },
    answer: FACTS,
  },
  'GET /api/v1/machine-qa/service/counts': { summary: 'How much waits in the service log', answer: FACTS },
  'GET /api/v1/machine-qa/service/availability': {
    summary: 'Potential, lost and service time of units by month, in seconds',
    query: {
      from: 'First day; a year before the last unless given.',
      to: 'Last day; today unless given.',
      unit: 'Ids; all units in use unless given.',
      type: 'Ids of service types.',
    },
    answer: listOf(FACTS),
  },
  'GET /api/v1/machine-qa/service/marks': {
    summary: 'Service events of units in a span of time, as marks for charts',
    query: { unit: 'Ids.', from: 'ISO-8601 time.', to: 'ISO-8601 time.' },
    answer: listOf(FACTS),
  },
  'POST /api/v1/machine-qa/service/returns/{id}/session': {
    summary: 'Take a session that was performed already for return-to-service QA',
    body: { sessionId: WHOLE },
    answer: MADE,
  },
  'GET /api/v1/machine-qa/parts/{id}/details': {
    summary: 'A part with its places, suppliers, movements and uses',
    answer: FACTS,
  },
  'POST /api/v1/machine-qa/parts/{id}/attachments': { summary: 'Add files to a part', ...FILES },
  'GET /api/v1/machine-qa/units/{id}/file': {
    summary: 'Contacts and documents of a unit',
    answer: object({ contacts: ROWS, documents: { type: 'array', items: FILE } }),
  },
  'POST /api/v1/machine-qa/units/{id}/attachments': { summary: 'Add documents to a unit', ...FILES },
  'DELETE /api/v1/machine-qa/attachments/{id}': {
    summary: 'Take a file off configuration; files of what happened are kept',
  },
  'POST /api/v1/machine-qa/faults/report': {
    summary: 'Report a fault by the codes that the machine shows',
    body: {
      unitId: WHOLE,
      'modalityId?': WHOLE,
      codes: { type: 'array', items: TEXT },
      'occurred?': AT,
      'comment?': TEXT,
    },
    answer: MADE,
    status: 201,
  },
  'POST /api/v1/machine-qa/faults/review': {
    summary: 'Note that the caller has looked at faults',
    body: { faults: IDS },
    answer: listOf(FACTS),
  },
  'GET /api/v1/machine-qa/faults/{id}/details': { summary: 'A fault with its reviews', answer: FACTS },
  'POST /api/v1/machine-qa/faults/{id}/comments': { summary: 'Say something about a fault', ...REMARK },
  'POST /api/v1/machine-qa/faults/{id}/attachments': { summary: 'Add files to a fault', ...FILES },
}
