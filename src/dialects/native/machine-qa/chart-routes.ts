import type { FastifyInstance } from 'fastify'
import type { Context } from '../../../context.ts'
import { addDays, endOfDay, startOfDay, zoneDay } from '../../../core/calendar.ts'
import { RULE_SETS } from '../../../core/control-charts/control-rules.data.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { chartChoices } from '../../../modules/machine-qa/charts/chart-choices.ts'
import {
  type ChartData,
  type ChartRequest,
  chartData,
} from '../../../modules/machine-qa/charts/chart-data.ts'
import { CONTROL_CHART_KINDS, controlChart } from '../../../modules/machine-qa/charts/control-chart.ts'
import { referenceDisplay } from '../../../modules/machine-qa/domain/reference.ts'
import { parametersOf } from '../records.ts'
import type { WireChartChoices, WireChartData, WireChartSeries, WireControlChart } from './charts.schema.ts'
import { dayOf, defined, ids, oneOf, wholeNumber } from './query-words.ts'

const CHARTS = '/api/v1/machine-qa/charts'
const USUAL_DAYS = 365
const USUAL_WIDTH = 1200
const USUAL_BASELINE = 20

/** What the pages of charts call. */
export function chartRoutes(app: FastifyInstance): void {
  app.get(`${CHARTS}/choices`, async (request): Promise<WireChartChoices> => {
    const parameters = parametersOf(request)
    const { lists, tests, statuses } = await chartChoices(request.ctx, {
      unitIds: ids(parameters, 'unit') ?? [],
      ...defined({ frequencyIds: ids(parameters, 'frequency') }),
      include: parameters.get('inactive') === 'true' ? 'inactive-too' : 'active',
    })
    return {
      lists,
      tests,
      statuses: statuses
        .filter(({ retired }) => !retired)
        .map(({ id, name, plotted }) => ({ id, name, plotted })),
    }
  })

  app.get(CHARTS, async (request): Promise<WireChartData> => {
    const parameters = parametersOf(request)
    const data = await chartData(request.ctx, {
      unitIds: ids(parameters, 'unit') ?? [],
      testIds: ids(parameters, 'test') ?? [],
      ...spanOf(request.ctx, parameters),
      ...defined({ listIds: ids(parameters, 'list'), statusIds: ids(parameters, 'status') }),
      lists: parameters.get('combine') === 'false' ? 'apart' : 'combined',
      measure: measureOf(parameters),
      width: wholeNumber(parameters, 'width') ?? USUAL_WIDTH,
    })
    return presentChart(data)
  })

  app.get(`${CHARTS}/control`, async (request): Promise<WireControlChart> => {
    const parameters = parametersOf(request)
    const { subject, panels, points, ...rest } = await controlChart(request.ctx, {
      unitId: onlyId(parameters, 'unit'),
      testId: onlyId(parameters, 'test'),
      ...spanOf(request.ctx, parameters),
      ...defined({ listIds: ids(parameters, 'list'), statusIds: ids(parameters, 'status') }),
      measure: measureOf(parameters),
      kind: oneOf(parameters, 'kind', CONTROL_CHART_KINDS) ?? 'shewhart',
      rules: oneOf(parameters, 'rules', RULE_SETS) ?? 'western-electric',
      size: wholeNumber(parameters, 'size') ?? 1,
      baseline: wholeNumber(parameters, 'baseline') ?? USUAL_BASELINE,
    })
    return {
      unit: { id: subject.unit.id, name: subject.unit.name },
      test: { id: subject.test.id, name: subject.test.name },
      points: points.map(({ at, sessionId }) => ({ at: at.getTime(), sessionId })),
      panels: panels.map(({ title, lines, limits: { centre, lower, upper } }) => ({
        title,
        lines,
        limits: { centre, lower, upper },
      })),
      ...rest,
    }
  })
}

/** Days of the site, both included; the last year unless given. */
function spanOf({ zone, now }: Context, parameters: URLSearchParams): Pick<ChartRequest, 'from' | 'to'> {
  const to = dayOf(parameters, 'to') ?? zoneDay(now(), zone)
  const from = dayOf(parameters, 'from') ?? addDays(to, -USUAL_DAYS)
  return { from: startOfDay(from, zone), to: endOfDay(to, zone) }
}

function measureOf(parameters: URLSearchParams): ChartRequest['measure'] {
  return parameters.get('relative') === 'true' ? 'relative' : 'value'
}

function onlyId(parameters: URLSearchParams, name: string): number {
  const [id, ...others] = ids(parameters, name) ?? []
  if (id === undefined || others.length > 0) throw invalidInput(name, 'One is required.')
  return id
}

function presentChart({ series, referenceChanges, serviceEvents, people }: ChartData): WireChartData {
  return {
    series: series.map(presentSeries),
    referenceChanges: referenceChanges.map(({ infoId, at, by, comment, before }) => ({
      unitTestInfoId: infoId,
      at: at.getTime(),
      by,
      comment,
      before: [referenceDisplay(before.reference), before.tolerance?.name ?? ''].filter(Boolean).join(', '),
    })),
    serviceEvents: serviceEvents.map(({ id, unitId, at, type, status, problem }) => ({
      ...{ id, unitId, problem },
      at: at.getTime(),
      type: type.name,
      status: status.name,
    })),
    people: Object.fromEntries(people),
  }
}

function presentSeries({
  unit,
  test,
  infoId,
  list,
  points,
  total,
  steps,
}: ChartData['series'][number]): WireChartSeries {
  const { id, name, type, choices } = test
  return {
    ...{ unit, list, total, unitTestInfoId: infoId },
    test: { id, name, type, choices },
    points: points.map(({ at, value, sessionId, passFail, statusId, personId, comment }) => ({
      ...{ value, sessionId, passFail, statusId, personId },
      at: at.getTime(),
      ...(comment === '' ? {} : { comment }),
    })),
    steps: steps.map(({ from, reference, limits }) => ({ from: from.getTime(), reference, limits })),
  }
}
