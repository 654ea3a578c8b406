import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type CalendarDay, endOfDay, parseDay } from '../../../core/calendar.ts'
import { parseInstant } from '../../../core/parse-instant.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { mayEdit } from '../../../modules/quality/author.ts'
import { metricsOf, objectOf, textOf, textsOf } from '../../../modules/quality/domain/report-tree.ts'
import { countStatuses } from '../../../modules/quality/domain/status.ts'
import { findChangesOfItem } from '../../../modules/quality/find-changes.ts'
import { findReportDates, findTrend, type ValueSpan } from '../../../modules/quality/find-trend.ts'
import { loadOverview, loadReport, loadReports } from '../../../modules/quality/load-reports.ts'
import { metricStates } from '../../../modules/quality/metric-states.ts'
import type { Quality } from '../../../modules/quality/quality.ts'
import { listDeletions } from '../../../modules/quality/restore-deletion.ts'
import { noSuch } from '../../../modules/quality/visible-reports.ts'
import { OPEN } from '../authenticate.ts'
import { parametersOf } from '../records.ts'
import type { WireCatalogue } from './catalogue.schema.ts'
import { presentCatalogue } from './present-catalogue.ts'
import { countTags, layoutOf, presentReport } from './present-report.ts'
import type {
  WireChange,
  WireChanges,
  WireDeletions,
  WireOverview,
  WirePoint,
  WireReport,
  WireReportDates,
  WireTrend,
} from './report.schema.ts'

type WithId = { Params: { id: string } }

/** Reading reports: the overview, one report, its past and how its metrics went. */
export function qualityReportRoutes(app: FastifyInstance, quality: Quality): void {
  app.get('/api/v1/quality/catalogue', OPEN, async (): Promise<WireCatalogue> => presentCatalogue())

  app.get('/api/v1/quality/overview', OPEN, (request) => overview(request, quality))

  app.get<WithId>('/api/v1/quality/reports/:id', OPEN, async (request): Promise<WireReport> => {
    const { ctx } = request
    const [at, link] = [timeIn(request), linkIn(request)]
    const report = await loadReport(ctx, request.params.id, { at, link })
    if (!report) throw noSuch('report', request.params.id)
    const metrics = metricsOf(report.tree).map(({ metric }) => metric)
    const [states, edits, judges] = await Promise.all([
      metricStates(ctx, metrics, { at, recent: 'daily' }),
      mayEdit(ctx, quality, 'edit_reports'),
      mayEdit(ctx, quality, 'edit_entities'),
    ])
    return presentReport(report, { ctx, at, states, mayEdit: edits, mayJudge: judges })
  })

  app.get<WithId>('/api/v1/quality/reports/:id/dates', OPEN, async (request): Promise<WireReportDates> => {
    const days = daysIn(request)
    const found = await findReportDates(request.ctx, request.params.id, days, { link: linkIn(request) })
    return {
      dates: days,
      metrics: Object.fromEntries(
        [...found.metrics].map(([id, { values, overrunDays, overruns }]) => [
          id,
          {
            values: values.map((value) => (value ? presentPoint(value) : null)),
            overrunDays,
            overruns: overruns.map(({ status, start, end, actualDays, desiredDays }) => ({
              status,
              start: start.toISOString(),
              end: end.toISOString(),
              actualDays,
              desiredDays,
            })),
          },
        ]),
      ),
    }
  })

  app.get<WithId>('/api/v1/quality/metrics/:id/trend', OPEN, async (request): Promise<WireTrend> => {
    const parameters = parametersOf(request)
    const to = instantIn(parameters, 'to') ?? request.ctx.now()
    const from = instantIn(parameters, 'from') ?? new Date(0)
    const points = await findTrend(request.ctx, request.params.id, { from, to }, { link: linkIn(request) })
    return { points: points.map(presentPoint) }
  })

  app.get<WithId>('/api/v1/quality/items/:id/changes', OPEN, async (request): Promise<WireChanges> => {
    const parameters = parametersOf(request)
    const limit = numberIn(parameters, 'limit') ?? 20
    const before = numberIn(parameters, 'before')
    const shown = Math.min(Math.max(limit, 1), 200)
    const entries = await findChangesOfItem(request.ctx, request.params.id, {
      limit: shown + 1,
      ...(before === undefined ? {} : { before }),
    })
    return { items: entries.slice(0, shown).map(presentChange), hasMore: entries.length > shown }
  })

  app.get<WithId>('/api/v1/quality/reports/:id/deletions', async (request): Promise<WireDeletions> => {
    const found = await listDeletions(request.ctx, quality, request.params.id)
    return { items: found.map((each) => ({ ...presentChange(each), isRestorable: each.isRestorable })) }
  })
}

async function overview(request: FastifyRequest, quality: Quality): Promise<WireOverview> {
  const { ctx } = request
  const at = timeIn(request)
  const [item, reports, edits] = await Promise.all([
    loadOverview(ctx, at),
    loadReports(ctx, at),
    mayEdit(ctx, quality, 'edit_reports'),
  ])
  const metrics = reports.map(({ tree }) => metricsOf(tree).map(({ metric }) => metric))
  const states = await metricStates(ctx, metrics.flat(), { at, recent: 'none' })
  const countsOf = (list: (typeof metrics)[number]) =>
    countStatuses(list.map(({ id }) => states.get(id)?.status ?? null))
  const attributes = item?.attributes ?? {}
  const permissions = edits ? objectOf(attributes.permissions) : {}
  return {
    title: textOf(attributes, 'title') ?? 'Reports',
    subtitle: textOf(attributes, 'subtitle') ?? '',
    comment: textOf(attributes, 'comment') ?? '',
    layout: layoutOf(attributes),
    permissions: {
      edit_reports: textsOf(permissions, 'edit_reports'),
      edit_entities: textsOf(permissions, 'edit_entities'),
    },
    mayEdit: edits && !at,
    counts: countsOf(metrics.flat()),
    tags: countTags(metrics.flat(), states),
    reports: reports.map(({ tree, access, changedAt }, index) => {
      const own = metrics[index] ?? []
      return {
        id: tree.id,
        title: textOf(tree.attributes, 'title') ?? '',
        subtitle: textOf(tree.attributes, 'subtitle') ?? '',
        visibility: access.visibility,
        tags: [...new Set(own.flatMap((metric) => textsOf(metric.attributes, 'tags')))].sort(),
        metricCount: own.length,
        counts: countsOf(own),
        changedAt: changedAt.toISOString(),
      }
    }),
    at: at?.toISOString() ?? null,
  }
}

function presentPoint({ start, end, value, status }: ValueSpan): WirePoint {
  return { start: start.toISOString(), end: end.toISOString(), value, status }
}

function presentChange(entry: {
  readonly id: number
  readonly at: Date
  readonly authorName: string
  readonly description: string
}): WireChange {
  const { id, at, authorName, description } = entry
  return { id, at: at.toISOString(), author: authorName, description }
}

export function linkIn(request: FastifyRequest): string | undefined {
  return parametersOf(request).get('link')?.slice(0, 100)
}

/** `at`: a day, which means its end at the site, or an instant. The future means now. */
export function timeIn(request: FastifyRequest): Date | undefined {
  const { ctx } = request
  const text = parametersOf(request).get('at')
  if (text === null || text === '') return undefined
  const day = parseDay(text)
  const at = day ? endOfDay(day, ctx.zone) : parseInstant(text)
  if (!at) throw invalidInput('at', 'This must be a day or a time with its zone.')
  return at >= ctx.now() ? undefined : at
}

function instantIn(parameters: URLSearchParams, name: string): Date | undefined {
  const text = parameters.get(name)
  if (text === null || text === '') return undefined
  const instant = parseInstant(text)
  if (!instant) throw invalidInput(name, 'This must be a time such as 2026-11-21T07:42:00Z.')
  return instant
}

const MOST_DATES = 7

function daysIn(request: FastifyRequest): readonly CalendarDay[] {
  const texts = (parametersOf(request).get('dates') ?? '').split(',').filter((text) => text !== '')
  if (texts.length === 0 || texts.length > MOST_DATES)
    throw invalidInput('dates', `Give from 1 to ${MOST_DATES} days.`)
  return texts.map((text) => {
    const day = parseDay(text)
    if (!day) throw invalidInput('dates', 'Each must be a day such as 2026-11-21.')
    return day
  })
}

function numberIn(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name)
  if (text === null || text === '') return undefined
  if (!/^\d{1,9}$/.test(text)) throw invalidInput(name, 'This must be a whole number.')
  return Number(text)
}
