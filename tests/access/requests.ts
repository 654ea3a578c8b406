/** What a request sends besides its path, so that it gets as far as the caller may; it names nothing that is there. */
export type Sent = {
  readonly query?: string
  readonly body?: unknown
  /** a multipart form with a file */
  readonly isUpload?: boolean
}

const NOBODY = 999_999

/** Our own API reads a request before it asks who sends it: these are readable. */
export const REQUESTS: Readonly<Record<string, Sent>> = {
  'POST /api/v1/session': { body: { username: 'nobody', password: 'nothing' } },
  'POST /api/v1/set-up': { body: { secret: 'x', username: 'x', password: 'correct horse battery' } },
  'POST /api/v1/link': { body: { secret: 'x' } },
  'POST /api/v1/choose-password': { body: { secret: 'x', password: 'correct horse battery' } },
  'POST /api/v1/password-reset': { body: { email: 'nobody@example.org' } },
  'POST /api/v1/account/password': { body: { current: 'wrong', next: 'correct horse battery' } },
  'POST /api/v1/account/tokens': { body: { name: '' } },
  // a name that is taken
  'POST /api/v1/accounts': { body: { username: 'viewer', password: 'correct horse battery' } },
  'POST /api/v1/accounts/:id/password': { body: { password: 'correct horse battery' } },
  'POST /api/v1/accounts/:id/tokens': { body: { name: 'x' } },
  'GET /api/v1/saved-views': { query: 'list=fixture' },
  'POST /api/v1/saved-views': { body: { list: 'fixture', name: '', query: '', shared: false } },
  'PUT /api/v1/preferences/:key': { body: { value: 'x' } },
  'GET /api/v1/machine-qa/performing-form': { query: `assignment=${NOBODY}` },
  'GET /api/v1/machine-qa/test-history': { query: `info=${NOBODY}` },
  'POST /api/v1/machine-qa/evaluate': { body: { testListId: NOBODY, unitId: NOBODY, values: {} } },
  'POST /api/v1/machine-qa/uploads': { isUpload: true },
  'PUT /api/v1/machine-qa/drafts': { body: { assignmentId: NOBODY, testListId: NOBODY, tests: {} } },
  'DELETE /api/v1/machine-qa/drafts': { body: { assignmentId: NOBODY, testListId: NOBODY } },
  'POST /api/v1/machine-qa/sessions': {
    body: { assignmentId: NOBODY, workStarted: '2019-07-25T10:00:00Z', tests: {} },
  },
  'POST /api/v1/machine-qa/sessions/review': {
    body: { sessions: { [NOBODY]: NOBODY } },
  },
  'POST /api/v1/machine-qa/sessions/:id/review': { body: { statuses: {} } },
  'POST /api/v1/machine-qa/sessions/:id/void': { body: { reason: 'x' } },
  'POST /api/v1/machine-qa/sessions/:id/comments': { body: { text: 'x' } },
  'POST /api/v1/machine-qa/sessions/:id/attachments': { isUpload: true },
  'POST /api/v1/machine-qa/test-lists/:id/arrangement': {
    body: { version: 1, tests: [], sublists: [], items: [] },
  },
  'POST /api/v1/machine-qa/assignments/copy': { body: { assignmentIds: [NOBODY], unitIds: [NOBODY] } },
  'POST /api/v1/machine-qa/assignments/copy/preview': {
    body: { assignmentIds: [NOBODY], unitIds: [NOBODY] },
  },
  'POST /api/v1/machine-qa/references/copy/preview': { body: { fromUnitId: NOBODY, toUnitId: NOBODY } },
  'POST /api/v1/machine-qa/references/preview': { body: { unitTestInfoId: NOBODY, value: 1 } },
  'GET /api/v1/machine-qa/charts/control': { query: `info=${NOBODY}&chart=individuals` },
  'GET /api/v1/machine-qa/service/marks': { query: `unit=${NOBODY}&from=2020-01-01&to=2020-02-01` },
  'POST /api/v1/machine-qa/faults/report': { body: { unitId: NOBODY, codes: ['x'] } },
  'POST /api/v1/machine-qa/faults/review': { body: { ids: [NOBODY] } },
  'POST /api/v1/machine-qa/faults/:id/comments': { body: { text: 'x' } },
  'POST /api/v1/machine-qa/faults/:id/attachments': { isUpload: true },
  'POST /api/v1/machine-qa/parts/:id/attachments': { isUpload: true },
  'POST /api/v1/machine-qa/units/:id/attachments': { isUpload: true },
  'POST /api/v1/machine-qa/service/events/:id/attachments': { isUpload: true },
  'POST /api/v1/machine-qa/service/events/:id/comments': { body: { text: 'x' } },
  'POST /api/v1/machine-qa/service/events/:id/delete': { body: { version: 1, reason: 'x' } },
  'POST /api/v1/machine-qa/service/events': { body: { event: {} } },
  'PATCH /api/v1/machine-qa/service/events/:id': { body: { version: 1, event: {} } },
  'POST /api/v1/machine-qa/service/returns/:id/session': { body: { version: 1, sessionId: NOBODY } },
  'POST /api/v1/machine-qa/references/set': { body: { settings: [], comment: 'x' } },
  'POST /api/v1/machine-qa/references/copy': {
    body: { fromUnitId: NOBODY, toUnitId: NOBODY, comment: 'x' },
  },
}

/** A change of a record names the version that was read; of a row that is not there, any will do. */
export function sentWith(method: string, path: string): Sent {
  const known = REQUESTS[`${method} ${path}`]
  if (known) return known
  if (method === 'PATCH' && path.startsWith('/api/v1/')) return { body: { version: 1 } }
  return method === 'POST' || method === 'PUT' || method === 'PATCH' ? { body: {} } : {}
}
