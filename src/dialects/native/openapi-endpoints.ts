import { CERTIFICATE_ENDPOINTS } from './openapi-certificates.ts'
import { DICOM_ENDPOINTS } from './openapi-dicom.ts'
import { IMAGE_ENDPOINTS } from './openapi-images.ts'
import { LIMS_ENDPOINTS } from './openapi-lims.ts'
import { LIMS_PRINTING_ENDPOINTS } from './openapi-lims-printing.ts'
import { MACHINE_QA_ENDPOINTS } from './openapi-machine-qa.ts'
import { MACHINE_QA_PROGRAM_ENDPOINTS } from './openapi-machine-qa-program.ts'
import { MACHINE_QA_SERVICE_ENDPOINTS } from './openapi-machine-qa-service.ts'
import { QUALITY_ENDPOINTS } from './openapi-quality.ts'
import { QUALITY_CONTROL_ENDPOINTS } from './openapi-quality-control.ts'
import { REPORT_ENDPOINTS } from './openapi-reports.ts'
import { RESEARCH_ENDPOINTS } from './openapi-research.ts'
import {
  ANYTHING,
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
import { TEST_PACK_ENDPOINTS } from './openapi-test-packs.ts'

const SESSION_FACTS = object({
  user: object({
    id: WHOLE,
    username: TEXT,
    fullName: TEXT,
    email: MAYBE_TEXT,
    isAdministrator: FLAG,
    permissions: { type: 'array', items: TEXT },
    groups: { type: 'array', items: WHOLE },
  }),
  site: object({ name: TEXT, zone: TEXT, demo: FLAG, version: TEXT }),
})
const SAVED_VIEW = object({
  id: WHOLE,
  version: WHOLE,
  list: TEXT,
  name: TEXT,
  query: TEXT,
  shared: FLAG,
  position: WHOLE,
  isOwn: FLAG,
})
const SESSION = object({
  id: WHOLE,
  startedAt: AT,
  lastSeenAt: AT,
  expiresAt: AT,
  address: MAYBE_TEXT,
  userAgent: MAYBE_TEXT,
  isCurrent: FLAG,
})
const TOKEN_FACTS = {
  id: WHOLE,
  name: TEXT,
  isShownAgain: FLAG,
  createdAt: AT,
  expiresAt: MAYBE_AT,
  lastUsedAt: MAYBE_AT,
}
const TOKEN = object(TOKEN_FACTS)
const NEW_TOKEN = object({ ...TOKEN_FACTS, secret: TEXT })
const NEW_TOKEN_BODY = { name: TEXT, 'expiresAt?': AT }
const INVITATION = object({
  id: WHOLE,
  invitation: {
    type: ['object', 'null'],
    description: '`{kind: "mailed", to}` or `{kind: "to-pass-on", link}`.',
  },
})
const CHANNEL = object({
  channel: { enum: ['mail', 'webhook'] },
  'webhookId?': WHOLE,
  when: { enum: ['immediately', 'daily'] },
})
const CHANNELS: Schema = { type: 'array', maxItems: 5, items: CHANNEL }
const NOTIFICATION_PREFERENCE = object({
  kind: TEXT,
  title: TEXT,
  module: TEXT,
  choices: CHANNELS,
  isDefault: FLAG,
})
const JOB = object({
  kind: TEXT,
  title: TEXT,
  schedule: TEXT,
  lastRuns: {
    type: 'array',
    items: object({
      kind: TEXT,
      startedAt: AT,
      finishedAt: MAYBE_AT,
      outcome: MAYBE_TEXT,
      problem: MAYBE_TEXT,
    }),
  },
})

/** By `METHOD /path`. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/session': { summary: 'Who is signed in, and where', answer: SESSION_FACTS },
  'POST /api/v1/session': {
    summary: 'Sign in; the answer sets the cookie',
    body: { username: TEXT, password: TEXT },
    answer: SESSION_FACTS,
    credential: 'none',
  },
  'DELETE /api/v1/session': { summary: 'Sign out' },
  'POST /api/v1/password-reset': {
    summary: 'Have a link for a new password mailed, if the address belongs to somebody',
    body: { email: TEXT },
    credential: 'none',
  },
  'POST /api/v1/link': {
    summary: 'What the link of a mail is for',
    body: { secret: TEXT },
    answer: object({ purpose: TEXT, username: MAYBE_TEXT, expiresAt: AT }),
    credential: 'none',
  },
  'POST /api/v1/choose-password': {
    summary: 'Choose a password by a link, and be signed in',
    body: { secret: TEXT, password: TEXT },
    answer: SESSION_FACTS,
    credential: 'none',
  },
  'POST /api/v1/set-up': {
    summary: 'Make the first administrator by the link of the first start',
    body: {
      secret: TEXT,
      username: TEXT,
      password: TEXT,
      'firstName?': TEXT,
      'lastName?': TEXT,
      'email?': MAYBE_TEXT,
    },
    answer: SESSION_FACTS,
    status: 201,
    credential: 'none',
  },
  'POST /api/v1/account/password': {
    summary: 'Change the own password; everything else that was issued ends',
    body: { current: TEXT, next: TEXT },
  },
  'GET /api/v1/account/sessions': { summary: 'List own sessions', answer: listOf(SESSION) },
  'DELETE /api/v1/account/sessions': { summary: 'End all own sessions but this one' },
  'DELETE /api/v1/account/sessions/{id}': { summary: 'End one of the own sessions' },
  'GET /api/v1/account/tokens': { summary: 'List own tokens', answer: listOf(TOKEN) },
  'POST /api/v1/account/tokens': {
    summary: 'Make a token of the own; its secret is shown this once',
    body: NEW_TOKEN_BODY,
    answer: NEW_TOKEN,
    status: 201,
  },
  'DELETE /api/v1/account/tokens/{id}': { summary: 'Revoke one of the own tokens' },
  'POST /api/v1/accounts': {
    summary: 'Make a user with a password, or invite one; other fields as in /api/v1/access/users',
    body: { username: TEXT, 'password?': TEXT, 'invite?': FLAG, 'email?': MAYBE_TEXT },
    answer: INVITATION,
    status: 201,
  },
  'POST /api/v1/accounts/{id}/invitation': { summary: 'Invite a user again', answer: INVITATION },
  'POST /api/v1/accounts/{id}/password': { summary: 'Give a user a new password', body: { password: TEXT } },
  'POST /api/v1/accounts/{id}/token': {
    summary: 'The token of a user that is the same at every asking',
    answer: object({ token: TEXT }),
  },
  'GET /api/v1/accounts/{id}/tokens': { summary: 'List the tokens of a user', answer: listOf(TOKEN) },
  'POST /api/v1/accounts/{id}/tokens': {
    summary: 'Make a token of a user; its secret is shown this once',
    body: NEW_TOKEN_BODY,
    answer: NEW_TOKEN,
    status: 201,
  },
  'DELETE /api/v1/accounts/{id}/tokens/{other}': { summary: 'Revoke a token of a user' },
  'GET /api/v1/accounts/{id}/sessions': { summary: 'List the sessions of a user', answer: listOf(SESSION) },
  'DELETE /api/v1/accounts/{id}/sessions': { summary: 'End all sessions of a user' },
  'DELETE /api/v1/accounts/{id}/sessions/{other}': { summary: 'End a session of a user' },
  'GET /api/v1/meta': {
    summary: 'The declarations of the records that the caller may see',
    answer: object({ records: { type: 'array', items: ANYTHING } }),
  },
  'GET /api/v1/saved-views': {
    summary: 'Own and shared views of a list',
    query: { list: 'Name of the list, such as machine-qa.unit.' },
    answer: listOf(SAVED_VIEW),
  },
  'POST /api/v1/saved-views': {
    summary: 'Keep the state of a list under a name',
    body: { list: TEXT, name: TEXT, 'query?': TEXT, 'shared?': FLAG, 'position?': WHOLE },
    answer: SAVED_VIEW,
    status: 201,
  },
  'PATCH /api/v1/saved-views/{id}': {
    summary: 'Change a view',
    body: { 'name?': TEXT, 'query?': TEXT, 'shared?': FLAG, 'position?': WHOLE, 'version?': WHOLE },
    answer: SAVED_VIEW,
  },
  'DELETE /api/v1/saved-views/{id}': { summary: 'Remove a view' },
  'GET /api/v1/preferences/{key}': {
    summary: 'How the caller wants something shown; null where nothing was chosen',
    answer: object({ key: TEXT, value: ANYTHING }),
  },
  'PUT /api/v1/preferences/{key}': {
    summary: 'Keep how something is shown, 16 KiB of JSON at most; null forgets it',
    body: { value: ANYTHING },
    answer: object({ key: TEXT, value: ANYTHING }),
  },
  'GET /api/v1/search': {
    summary: 'Look for a text in everything the caller may see',
    query: { q: 'Two characters or more.' },
    answer: listOf(object({ kind: TEXT, label: TEXT, 'hint?': TEXT, path: TEXT })),
  },
  'GET /api/v1/for-you': {
    summary: 'What waits for the caller, most urgent first',
    answer: listOf(
      object({
        kind: TEXT,
        token: { enum: ['ok', 'warn', 'act', 'none', 'todo', 'late', 'debt', 'void', 'unknown'] },
        title: TEXT,
        'detail?': TEXT,
        'dueAt?': AT,
        path: TEXT,
        'action?': TEXT,
      }),
    ),
  },
  'GET /api/v1/jobs': { summary: 'Background work with its latest runs', answer: listOf(JOB) },
  'GET /api/v1/notifications/preferences': {
    summary: 'How the caller is told about each kind of thing',
    answer: object({
      items: { type: 'array', items: NOTIFICATION_PREFERENCE },
      webhooks: { type: 'array', items: object({ id: WHOLE, label: TEXT }) },
    }),
  },
  'PUT /api/v1/notifications/preferences/{kind}': {
    summary: 'Decide how to be told; an empty list means not at all, null the default',
    body: { choices: { ...CHANNELS, type: ['array', 'null'] } },
    answer: NOTIFICATION_PREFERENCE,
  },
  'POST /api/v1/notifications/test-mail': {
    summary: 'Send a test mail to oneself',
    answer: object({ sentTo: TEXT }),
  },
  'POST /api/v1/notifications/webhooks/{id}/test': { summary: 'Post a test message to a webhook' },
  'POST /api/v1/notifications/deliveries/{id}/resend': { summary: 'Send again what has failed' },
  ...MACHINE_QA_ENDPOINTS,
  ...LIMS_ENDPOINTS,
  ...CERTIFICATE_ENDPOINTS,
  ...LIMS_PRINTING_ENDPOINTS,
  ...QUALITY_CONTROL_ENDPOINTS,
  ...REPORT_ENDPOINTS,
  ...RESEARCH_ENDPOINTS,
  ...QUALITY_ENDPOINTS,
  ...TEST_PACK_ENDPOINTS,
  ...MACHINE_QA_PROGRAM_ENDPOINTS,
  ...MACHINE_QA_SERVICE_ENDPOINTS,
  ...DICOM_ENDPOINTS,
  ...IMAGE_ENDPOINTS,
}

/** The endpoints as paths of an OpenAPI document. @param failure schema of every refusal */
export function endpointPaths(failure: Schema): Schema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [place, endpoint] of Object.entries(ENDPOINTS)) {
    const [method = '', path = ''] = place.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(path, endpoint, failure) }
  }
  return paths
}

function operationOf(path: string, endpoint: Endpoint, failure: Schema): Schema {
  const { summary, body, form, file, query = {}, answer, status = 200, credential } = endpoint
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'id' || name === 'other' ? WHOLE : TEXT,
  }))
  const inQuery = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: TEXT,
  }))
  return {
    tags: [path.split('/')[3] ?? ''],
    summary,
    parameters: [...inPath, ...inQuery],
    ...(credential === 'none' ? { security: [] } : {}),
    ...(body ? { requestBody: { required: true, content: json(object(body)) } } : {}),
    ...(form
      ? { requestBody: { required: true, content: { 'multipart/form-data': { schema: object(form) } } } }
      : {}),
    responses: {
      ...doneAnswer(answer, file, status),
      default: { description: 'Refused', content: json(failure) },
    },
  }
}

function doneAnswer(answer: Schema | undefined, file: string | undefined, status: number): Schema {
  if (file !== undefined) return { '200': { description: 'The file', content: { [file]: {} } } }
  return answer
    ? { [status]: { description: 'Done', content: json(answer) } }
    : { '204': { description: 'Done' } }
}

function json(schema: Schema): Schema {
  return { 'application/json': { schema } }
}
