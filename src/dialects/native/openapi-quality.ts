import {
  ANYTHING,
  type Endpoint,
  FLAG,
  listOf,
  object,
  type Schema,
  TEXT,
  WHOLE,
  wire,
} from './openapi-shapes.ts'

const MADE = object({ id: TEXT })
const CHOICES: Schema = { type: 'array', items: object({ key: TEXT, name: TEXT }) }
const IDS: Schema = { type: 'array', items: WHOLE }
const WHEN = { at: 'A day, which means its end at the site, or an ISO-8601 time; now unless given.' }
const LINK = { link: 'Secret of a link for reading, instead of an account.' }

/** The endpoints of quality reports. */
export const QUALITY_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/quality/catalogue': {
    summary: 'What quality reports are built from',
    answer: wire('quality.Catalogue'),
    credential: 'none',
  },
  'GET /api/v1/quality/overview': {
    summary: 'All reports with their counts',
    query: WHEN,
    answer: wire('quality.Overview'),
    credential: 'none',
  },
  'PATCH /api/v1/quality/overview': {
    summary: 'Change an attribute of the overview',
    body: { attribute: TEXT, value: ANYTHING },
  },
  'POST /api/v1/quality/reports': { summary: 'Make a report', answer: MADE, status: 201 },
  'GET /api/v1/quality/reports/{id}': {
    summary: 'A report with everything in it',
    query: { ...WHEN, ...LINK },
    answer: wire('quality.Report'),
    credential: 'none',
  },
  'GET /api/v1/quality/reports/{id}/dates': {
    summary: 'What the metrics of a report were at the end of up to seven days',
    query: { dates: 'Days, joined by commas.', ...LINK },
    answer: wire('quality.ReportDates'),
    credential: 'none',
  },
  'POST /api/v1/quality/reports/{id}/copy': { summary: 'Copy a report', answer: MADE, status: 201 },
  'POST /api/v1/quality/reports/import': {
    summary: 'Import a report from the text of its file',
    body: { file: TEXT },
    answer: object({ id: TEXT, hasLostCredentials: FLAG }),
    status: 201,
  },
  'GET /api/v1/quality/reports/{id}/access': {
    summary: 'Who may see a report',
    answer: wire('quality.ReportAccess'),
  },
  'PUT /api/v1/quality/reports/{id}/access': {
    summary: 'Say who may see a report',
    body: { visibility: { enum: ['public', 'signed-in', 'named'] }, 'userIds?': IDS, 'groupIds?': IDS },
  },
  'GET /api/v1/quality/reports/{id}/links': {
    summary: 'Links that open a report for reading',
    answer: listOf(wire('quality.ReportLink')),
  },
  'POST /api/v1/quality/reports/{id}/links': {
    summary: 'Make a link; its secret is shown once',
    body: { name: TEXT },
    answer: object({ id: WHOLE, secret: TEXT }),
    status: 201,
  },
  'DELETE /api/v1/quality/reports/{id}/links/{link}': { summary: 'Close a link' },
  'PATCH /api/v1/quality/reports/{id}/issue-tracker': {
    summary: 'Change an attribute of the issue tracker of a report',
    body: { attribute: TEXT, value: ANYTHING },
  },
  'GET /api/v1/quality/reports/{id}/issue-tracker/options': {
    summary: 'What can be chosen for new issues of a report',
    answer: object({ projects: CHOICES, issueTypes: CHOICES, fields: CHOICES, epics: CHOICES }),
  },
  'GET /api/v1/quality/reports/{id}/issue-tracker/suggestions': {
    summary: 'Issues whose summary is like a text',
    query: { q: 'The text.' },
    answer: listOf(object({ key: TEXT, text: TEXT })),
  },
  'POST /api/v1/quality/metrics/{id}/issues': {
    summary: 'Make an issue about a metric in the issue tracker of its report',
    body: { 'metricUrl?': TEXT },
    answer: object({ url: TEXT }),
    status: 201,
  },
  'PATCH /api/v1/quality/reports/{id}/tags/{tag}': {
    summary: 'Rename a tag in all metrics of a report',
    body: { tag: TEXT },
  },
  'DELETE /api/v1/quality/reports/{id}/tags/{tag}': { summary: 'Remove a tag from all metrics of a report' },
  'POST /api/v1/quality/reports/{id}/destinations': {
    summary: 'Add a place that is told of changes of status',
    body: { 'reportUrl?': TEXT },
    answer: MADE,
    status: 201,
  },
  'PATCH /api/v1/quality/reports/{id}/destinations/{destination}': {
    summary: 'Change a place that is told of changes of status',
    body: { 'name?': TEXT, 'webhook?': TEXT, 'reportUrl?': TEXT, 'format?': TEXT },
  },
  'DELETE /api/v1/quality/reports/{id}/destinations/{destination}': {
    summary: 'Remove a place that is told of changes of status',
  },
  'GET /api/v1/quality/reports/{id}/deletions': {
    summary: 'What was deleted from a report',
    answer: wire('quality.Deletions'),
  },
  'POST /api/v1/quality/deletions/{id}/restore': { summary: 'Take a deletion back', answer: MADE },
  'POST /api/v1/quality/items': {
    summary: 'Make a subject, metric or source',
    body: { kind: { enum: ['subject', 'metric', 'source'] }, parentId: TEXT, type: TEXT },
    answer: MADE,
    status: 201,
  },
  'PATCH /api/v1/quality/items/{kind}/{id}': {
    summary: 'Change an attribute; 409 where it is no longer what was expected',
    body: { attribute: TEXT, value: ANYTHING, 'expected?': ANYTHING },
    answer: object({ hasChanged: FLAG }),
  },
  'DELETE /api/v1/quality/items/{kind}/{id}': { summary: 'Delete a report, subject, metric or source' },
  'POST /api/v1/quality/items/{kind}/{id}/copy': {
    summary: 'Copy an item to the end of another place',
    body: { to: TEXT },
    answer: MADE,
    status: 201,
  },
  'POST /api/v1/quality/items/{kind}/{id}/move': {
    summary: 'Move an item to the end of another place',
    body: { to: TEXT },
  },
  'POST /api/v1/quality/items/{kind}/{id}/position': {
    summary: 'Move an item among its like',
    body: { position: { anyOf: [{ enum: ['first', 'last', 'previous', 'next'] }, WHOLE] } },
  },
  'GET /api/v1/quality/items/{id}/changes': {
    summary: 'What happened to an item and in it',
    query: { limit: 'Entries at most.', before: 'Id of the last entry that is known.' },
    answer: wire('quality.Changes'),
    credential: 'none',
  },
  'POST /api/v1/quality/metrics/{id}/debt': {
    summary: 'Accept the value of a metric as technical debt, or stop accepting it',
    body: { accept: FLAG },
  },
  'GET /api/v1/quality/metrics/{id}/trend': {
    summary: 'How a metric went',
    query: { from: 'ISO-8601 time.', to: 'ISO-8601 time.', ...LINK },
    answer: wire('quality.Trend'),
    credential: 'none',
  },
  'GET /api/v1/quality/metrics/{id}/entities': {
    summary: 'What the sources of a metric counted',
    query: LINK,
    answer: wire('quality.MetricEntities'),
    credential: 'none',
  },
  'POST /api/v1/quality/metrics/{id}/entities': {
    summary: 'Say something about entities',
    body: {
      sourceId: TEXT,
      entityKeys: { type: 'array', items: TEXT, maxItems: 250 },
      'status?': TEXT,
      'statusEndDate?': { type: ['string', 'null'] },
      'rationale?': TEXT,
    },
    answer: wire('quality.MetricEntities'),
  },
  'PATCH /api/v1/quality/sources/{id}/parameters/{key}': {
    summary: 'Change a parameter of a source, and of others like it',
    body: {
      value: ANYTHING,
      'scope?': { enum: ['source', 'metric', 'subject', 'report', 'reports'] },
    },
    answer: object({ changedSources: WHOLE, availability: { type: ['object', 'null'] } }),
  },
  'GET /api/v1/quality/events': {
    summary: 'What changes, as server-sent events',
    query: LINK,
    file: 'text/event-stream',
    credential: 'none',
  },
}
