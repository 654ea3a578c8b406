import type { Context } from './context.ts'
import { all, compare, equals } from './core/query.ts'
import { findJobRuns } from './modules/jobs/find-job-runs.ts'
import type { Job } from './modules/jobs/job.ts'
import type { UnitState } from './modules/machine-qa/domain/unit-state.ts'
import { session } from './modules/machine-qa/records/session.ts'
import { unitStates } from './modules/machine-qa/unit-state.ts'
import { unitsOverview } from './modules/machine-qa/units-overview.ts'
import { collectDue } from './modules/quality/collector/collect-due.ts'
import { createSourceFetch } from './modules/quality/collector/source-fetch.ts'
import { VISIBILITIES, type Visibility } from './modules/quality/domain/visibility.ts'
import { publicExportKey } from './modules/quality/export-key.ts'
import type { OwnAnswer, OwnPart, OwnParts, Quality } from './modules/quality/quality.ts'
import { listRecords } from './modules/records/list-records.ts'
import { isDemonstration } from './modules/site/demonstration.ts'
import type { Site } from './site.ts'

/**
 * What quality reports need of a site, the answers of its other parts included.
 *
 * @param jobs all background work, once it is known
 */
export function qualityOf({ access, config, notifications }: Site, jobs: () => readonly Job[]): Quality {
  return {
    access,
    settings: {
      newVisibility: visibilityOf(config.qualityVisibility),
      importVisibility: visibilityOf(config.qualityImportVisibility),
      importWithoutCredentials: config.qualityImportWithoutCredentials,
    },
    ownParts: ownPartsOf(jobs),
    outgoing: notifications.outgoing,
  }
}

function visibilityOf(text: string): Visibility {
  return VISIBILITIES.find((each) => each === text) ?? 'named'
}

/** Measures what is due. In a demonstration nothing is asked of other servers. */
export async function collectQuality(ctx: Context, site: Site, jobs: () => readonly Job[]): Promise<void> {
  const quality = qualityOf(site, jobs)
  // soon after the first start, so that nobody who exports waits for the keys
  await publicExportKey(ctx, quality)
  const outside = (await isDemonstration(ctx)) ? 'keep' : 'measure'
  await collectDue(ctx, quality, createSourceFetch(quality.outgoing), { outside })
}

/** The parts that answer; what is declared and not here says so itself. */
function ownPartsOf(jobs: () => readonly Job[]): OwnParts {
  return {
    'overdue-qa': unitQuestion('overdue'),
    'failed-qa': unitQuestion('failed'),
    'unreviewed-qa': { permission: 'machine-qa.access', read: unreviewedSessions },
    'latest-qa': { permission: 'machine-qa.access', read: latestSession },
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
