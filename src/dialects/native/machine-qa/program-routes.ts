import type { FastifyInstance } from 'fastify'
import { addDays, zoneDay } from '../../../core/calendar.ts'
import { programCalendar, programDay } from '../../../modules/machine-qa/program/program-calendar.ts'
import type { ProgramFilter } from '../../../modules/machine-qa/program/program-filter.ts'
import { programMonths } from '../../../modules/machine-qa/program/program-months.ts'
import { type ProgramCell, programOverview } from '../../../modules/machine-qa/program/program-overview.ts'
import { unitBoard } from '../../../modules/machine-qa/program/unit-board.ts'
import { type QueueItem, reviewQueue } from '../../../modules/machine-qa/review/review-queue.ts'
import { parametersOf } from '../records.ts'
import type {
  WireBoard,
  WireDayItem,
  WireProgram,
  WireProgramCalendar,
  WireProgramDay,
  WireProgramItem,
  WireProgramMonths,
  WireQueueItem,
  WireReviewQueue,
} from './program.schema.ts'
import { dayOf, defined, ids, oneOf, searchText, toId, wholeNumber, words } from './query-words.ts'

const QA = '/api/v1/machine-qa'
const USUAL_PAGE = 50
const USUAL_MONTHS = 12
const MOST_REASONS = 6

/** What the pages of review, program, calendar and board call. */
export function programRoutes(app: FastifyInstance): void {
  app.get(`${QA}/review-queue`, async (request): Promise<WireReviewQueue> => {
    const parameters = parametersOf(request)
    const page = pageOf(parameters)
    const { items, total, waiting, passed, differences } = await reviewQueue(request.ctx, {
      ...page,
      ...defined({
        show: oneOf(parameters, 'show', ['all', 'differences', 'passed']),
        order: oneOf(parameters, 'order', ['differences', 'newest', 'oldest']),
        own: oneOf(parameters, 'own', ['included', 'reviewable']),
        unitIds: ids(parameters, 'unit'),
        listIds: ids(parameters, 'list'),
        text: searchText(parameters),
      }),
    })
    return { items: items.map(presentQueued), total, ...page, waiting, passed, differences }
  })

  app.get(`${QA}/program`, async (request): Promise<WireProgram> => {
    const overview = await programOverview(request.ctx, filterOf(parametersOf(request)))
    return {
      ...overview,
      cells: overview.cells.map(({ unitId, frequencyId, items }) => ({
        ...{ unitId, frequencyId },
        items: items.map(presentItem),
      })),
    }
  })

  app.get(`${QA}/program/months`, async (request): Promise<WireProgramMonths> => {
    const parameters = parametersOf(request)
    const page = pageOf(parameters)
    const months = wholeNumber(parameters, 'months') ?? USUAL_MONTHS
    const today = zoneDay(request.ctx.now(), request.ctx.zone)
    const first = dayOf(parameters, 'from') ?? addDays(today, -30 * (months - 1))
    const found = await programMonths(request.ctx, { ...filterOf(parameters), ...page, first, months })
    return {
      months: found.months,
      rows: found.rows.map(({ item: { assignmentId, name, unit, frequency, dueStatus }, cells }) => ({
        ...{ assignmentId, name, unit, dueStatus, cells },
        frequency: frequency && { id: frequency.id, name: frequency.name },
      })),
      total: found.total,
      ...page,
    }
  })

  app.get(`${QA}/program/calendar`, async (request): Promise<WireProgramCalendar> => {
    const parameters = parametersOf(request)
    const today = zoneDay(request.ctx.now(), request.ctx.zone)
    const month = dayOf(parameters, 'month') ?? today
    const days = await programCalendar(request.ctx, { ...filterOf(parameters), month })
    return { month: days[0]?.day ?? month, today, days }
  })

  app.get(`${QA}/program/day`, async (request): Promise<WireProgramDay> => {
    const parameters = parametersOf(request)
    const day = dayOf(parameters, 'day') ?? zoneDay(request.ctx.now(), request.ctx.zone)
    const { done, due, planned } = await programDay(request.ctx, { ...filterOf(parameters), day })
    return {
      day,
      done: done.map(({ id, listName, unitName, at, by, allReviewed, outcomes }) => ({
        ...{ id, by, allReviewed, outcomes },
        name: listName,
        unit: unitName,
        at: at.toISOString(),
      })),
      due: due.map(presentDayItem),
      planned: planned.map(presentDayItem),
    }
  })

  app.get(`${QA}/board`, async (request): Promise<WireBoard> => {
    const units = await unitBoard(request.ctx, defined({ siteIds: ids(parametersOf(request), 'site') }))
    return {
      at: request.ctx.now().toISOString(),
      units: units.map(({ id, number, name, site, state, reasons, due }) => ({
        ...{ id, number, name, site, state, due },
        reasons: reasons.slice(0, MOST_REASONS).map((reason) => ({ state: reason.state, text: reason.text })),
      })),
    }
  })
}

function pageOf(parameters: URLSearchParams): { readonly limit: number; readonly offset: number } {
  return {
    limit: wholeNumber(parameters, 'limit') ?? USUAL_PAGE,
    offset: wholeNumber(parameters, 'offset') ?? 0,
  }
}

function filterOf(parameters: URLSearchParams): ProgramFilter {
  const frequencies = words(parameters, 'frequency')
  return defined({
    unitIds: ids(parameters, 'unit'),
    siteIds: ids(parameters, 'site'),
    frequencyIds: frequencies?.map((word) => (word === 'none' ? null : toId('frequency', word))),
    text: searchText(parameters),
  })
}

function presentQueued({ performedById: _, workCompleted, ...item }: QueueItem): WireQueueItem {
  return { ...item, workCompleted: workCompleted.toISOString() }
}

type Item = ProgramCell['items'][number]

function presentItem({ assignmentId, name, dueStatus, dueDate, last }: Item): WireProgramItem {
  return {
    ...{ assignmentId, name, dueStatus },
    dueAt: dueDate?.toISOString() ?? null,
    last: last && {
      sessionId: last.sessionId,
      at: last.at.toISOString(),
      allReviewed: last.allReviewed,
      outcomes: last.outcomes,
    },
  }
}

function presentDayItem(item: Item): WireDayItem {
  const { unit, frequency } = item
  return {
    ...presentItem(item),
    unit: { id: unit.id, name: unit.name },
    frequency: frequency && { id: frequency.id, name: frequency.name },
  }
}
