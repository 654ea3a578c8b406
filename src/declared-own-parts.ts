import type { Context } from './context.ts'
import { all, type Condition, compare, equals } from './core/query.ts'
import { findJobRuns } from './modules/jobs/find-job-runs.ts'
import type { Job } from './modules/jobs/job.ts'
import { certification } from './modules/lims/records/instrument-events.ts'
import { request } from './modules/lims/records/request.ts'
import type { UnitState } from './modules/machine-qa/domain/unit-state.ts'
import { session } from './modules/machine-qa/records/session.ts'
import { unitStates } from './modules/machine-qa/unit-state.ts'
import { unitsOverview } from './modules/machine-qa/units-overview.ts'
import type { OwnAnswer, OwnPart, OwnParts } from './modules/quality/quality.ts'
import { listRecords } from './modules/records/list-records.ts'
import { experimentRecord } from './modules/research/records/experiment.ts'

/** The parts that answer; what is declared and not here says so itself. */
export function ownPartsOf(jobs: () => readonly Job[]): OwnParts {
  return {
    'overdue-qa': unitQuestion('overdue'),
    'failed-qa': unitQuestion('failed'),
    'unreviewed-qa': { permission: 'machine-qa.access', read: unreviewedSessions },
    'latest-qa': { permission: 'machine-qa.access', read: latestSession },
    'late-samples': { permission: 'lims.access', read: lateSamples },
    turnaround: { permission: 'lims.access', read: turnaround },
    certificates: { permission: 'lims.access', read: certificates },
    'experiments-without-files': { permission: 'research.access', read: experimentsWithoutFiles },
    'failed-jobs': { permission: 'jobs.job.view', read: (ctx) => failedJobs(ctx, jobs()) },
  }
}

/** What keeps units from being in order, one entity for each assignment. */
function unitQuestion(wanted: UnitState): OwnPart {
  return {
    permission: 'machine-qa.access',
    read: async (ctx, { places }): Promise<OwnAnswer> => {
      const [states, groups] = await Promise.all([unitStates(ctx), unitsOverview(ctx)])
      const units = groups
        .flatMap((group) => group.units)
        .filter(({ name }) => places.length === 0 || places.includes(name))
      const entities = units.flatMap((unit) =>
        (states.get(unit.id)?.reasons ?? []).flatMap(({ state, source, text }) => {
          if (state !== wanted || source.kind !== 'assignment') return []
          return [
            {
              key: `assignment-${source.id}`,
              name: text,
              url: `/app/machine-qa/perform/${source.id}`,
              kind: 'Test list',
              place: unit.name,
              state,
            },
          ]
        }),
      )
      return { value: entities.length, total: null, entities }
    },
  }
}

const MOST_LISTED = 250

async function unreviewedSessions(ctx: Context): Promise<OwnAnswer> {
  const where = all(
    equals('allReviewed', false),
    equals('inProgress', false),
    compare('voidedAt', 'isnull', true),
  )
  const page = { where, order: [], limit: MOST_LISTED, offset: 0 }
  const { rows, total } = await listRecords(ctx, session, page, { total: 'exact', relations: 'none' })
  const entities = rows.map((row) => ({
    key: `session-${row.id}`,
    name: `Session ${row.id}`,
    url: `/app/machine-qa/sessions/${row.id}`,
    kind: 'Session',
    place: '',
    state: 'unreviewed',
    since: row.workCompleted instanceof Date ? row.workCompleted.toISOString() : '',
  }))
  return { value: total ?? entities.length, total: null, entities }
}

const DAY_MS = 86_400_000
const NEVER_DAYS = 9999

/** Days since anybody completed a session. */
async function latestSession(ctx: Context): Promise<OwnAnswer> {
  const page = {
    where: all(equals('inProgress', false), compare('voidedAt', 'isnull', true)),
    order: [{ path: ['workCompleted'], direction: 'desc' as const }],
    limit: 1,
    offset: 0,
  }
  const { rows } = await listRecords(ctx, session, page, { total: 'none', relations: 'none' })
  const completed = rows[0]?.workCompleted
  const age = completed instanceof Date ? ctx.now().getTime() - completed.getTime() : NEVER_DAYS * DAY_MS
  return { value: Math.max(0, Math.floor(age / DAY_MS)), total: null, entities: [] }
}

/** Jobs whose latest run failed. */
async function failedJobs(ctx: Context, jobs: readonly Job[]): Promise<OwnAnswer> {
  const overviews = await findJobRuns(ctx, jobs)
  const entities = overviews.flatMap(({ kind, title, lastRuns }) => {
    const latest = lastRuns.find(({ finishedAt }) => finishedAt !== null)
    if (latest?.outcome !== 'failed') return []
    return [
      {
        key: kind,
        name: title,
        url: `/app/admin/jobs?kind=${encodeURIComponent(kind)}`,
        kind: 'Job',
        place: '',
        state: 'failed',
        since: latest.startedAt.toISOString(),
      },
    ]
  })
  return { value: entities.length, total: overviews.length, entities }
}

/** Samples of clients that should have been published by now. */
async function lateSamples(ctx: Context): Promise<OwnAnswer> {
  const where = all(
    compare('dueDate', 'lt', ctx.now()),
    compare('state', 'in', WAITING),
    equals('cancelled', false),
  )
  const page = {
    where,
    order: [{ path: ['dueDate'], direction: 'asc' as const }],
    limit: MOST_LISTED,
    offset: 0,
  }
  const { rows, total } = await listRecords(ctx, request, page, { total: 'exact', relations: 'none' })
  const entities = rows.map((row) => ({
    key: `sample-${row.id}`,
    name: String(row.requestId ?? row.title ?? row.id),
    url: `/app/lims/samples/${row.id}`,
    kind: 'Sample',
    place: '',
    state: String(row.state ?? ''),
    since: row.dueDate instanceof Date ? row.dueDate.toISOString() : '',
  }))
  return { value: total ?? entities.length, total: null, entities }
}

const WAITING = [
  ...['sample_registered', 'to_be_sampled', 'scheduled_sampling', 'sampled', 'to_be_preserved', 'sample_due'],
  ...['sample_prep', 'sample_received', 'attachment_due', 'to_be_verified'],
]

const TURNAROUND_DAYS = 90

/** Days from receiving to publishing on average, over the last quarter. */
async function turnaround(ctx: Context): Promise<OwnAnswer> {
  const since = new Date(ctx.now().getTime() - TURNAROUND_DAYS * DAY_MS)
  const where = all(compare('datePublished', 'gte', since), compare('dateReceived', 'isnull', false))
  const page = { where, order: [], limit: MOST_AVERAGED, offset: 0 }
  const { rows } = await listRecords(ctx, request, page, { total: 'none', relations: 'none' })
  const days = rows.flatMap(({ datePublished, dateReceived }) =>
    datePublished instanceof Date && dateReceived instanceof Date
      ? [(datePublished.getTime() - dateReceived.getTime()) / DAY_MS]
      : [],
  )
  const mean = days.length === 0 ? 0 : days.reduce((sum, each) => sum + each, 0) / days.length
  return { value: Math.round(mean), total: null, entities: [] }
}

const MOST_AVERAGED = 5000

/** Days until the next certificate of an instrument expires. */
async function certificates(ctx: Context): Promise<OwnAnswer> {
  const where = all(compare('retiredAt', 'isnull', true), compare('validTo', 'gte', ctx.now()))
  const page = {
    where,
    order: [{ path: ['validTo'], direction: 'asc' as const }],
    limit: MOST_LISTED,
    offset: 0,
  }
  const { rows } = await listRecords(ctx, certification, page, { total: 'none', relations: 'none' })
  const entities = rows.map((row) => ({
    key: `certificate-${row.id}`,
    name: String(row.title ?? row.id),
    url: `/app/admin/lims.certification/${row.id}`,
    kind: 'Certificate',
    place: '',
    state: 'valid',
    since: row.validTo instanceof Date ? row.validTo.toISOString() : '',
  }))
  const first = rows[0]?.validTo
  const left =
    first instanceof Date ? Math.floor((first.getTime() - ctx.now().getTime()) / DAY_MS) + 1 : NEVER_DAYS
  return { value: left, total: null, entities }
}

async function experimentsWithoutFiles(ctx: Context): Promise<OwnAnswer> {
  const unnamed: Condition = {
    kind: 'any',
    of: [compare('experimentFile', 'isnull', true), equals('experimentFile', '')],
  }
  const page = {
    where: all(unnamed, compare('binnedAt', 'isnull', true)),
    order: [],
    limit: MOST_LISTED,
    offset: 0,
  }
  const { rows, total } = await listRecords(ctx, experimentRecord, page, {
    total: 'exact',
    relations: 'none',
  })
  const entities = rows.map((row) => ({
    key: `experiment-${row.id}`,
    name: String(row.name ?? row.id),
    url: `/app/research/experiments/${row.id}`,
    kind: 'Experiment',
    place: '',
    state: 'without files',
  }))
  return { value: total ?? entities.length, total: null, entities }
}
