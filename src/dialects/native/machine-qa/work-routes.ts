import type { FastifyInstance } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { unitStateStrips, unitStates } from '../../../modules/machine-qa/unit-state.ts'
import { unitsOverview } from '../../../modules/machine-qa/units-overview.ts'
import { type WorkListItem, type WorkListRequest, workList } from '../../../modules/machine-qa/work-list.ts'
import { type ById, idOf, parametersOf } from '../records.ts'
import { defined, ids, toId, wholeNumber, words } from './query-words.ts'
import type { WireUnitState, WireUnitsOverview, WireWorkItem, WireWorkList } from './work.schema.ts'

const STRIP_DAYS = 30
const USUAL_PAGE = 50

/** What the pages that lead to performing call: units, their state, and what is to be done. */
export function workRoutes(app: FastifyInstance): void {
  app.get('/api/v1/machine-qa/units-overview', async ({ ctx }): Promise<WireUnitsOverview> => {
    const [groups, states] = await Promise.all([unitsOverview(ctx), unitStates(ctx)])
    return {
      groups: groups.map(({ site, type, units }) => ({
        site: site && { id: site.id, name: site.name },
        type: { id: type.id, name: type.name },
        units: units.map(({ id, number, name, serialNumber, location, className, due, inProgress }) => ({
          ...{ id, number, name, serialNumber, location, className, due, inProgress },
          state: states.get(id)?.state ?? 'unknown',
        })),
      })),
    }
  })

  app.get<ById>('/api/v1/machine-qa/units/:id/state', async (request): Promise<WireUnitState> => {
    const unitId = idOf(request)
    const [states, strips] = await Promise.all([
      unitStates(request.ctx, { unitIds: [unitId] }),
      unitStateStrips(request.ctx, { unitIds: [unitId], days: STRIP_DAYS }),
    ])
    const found = states.get(unitId)
    return {
      state: found?.state ?? 'unknown',
      reasons: (found?.reasons ?? []).map(({ state, text, source }) => ({
        state,
        text,
        assignmentId: source.kind === 'assignment' ? source.id : null,
        sessionId: source.kind === 'assignment' ? source.sessionId : null,
        serviceEventId: source.kind === 'service-event' ? source.id : null,
      })),
      days: strips.get(unitId) ?? [],
    }
  })

  app.get('/api/v1/machine-qa/work', async (request): Promise<WireWorkList> => {
    const wanted = workRequest(parametersOf(request))
    const { items, total, counts } = await workList(request.ctx, wanted)
    return {
      items: items.map(presentWork),
      total,
      limit: wanted.limit ?? USUAL_PAGE,
      offset: wanted.offset ?? 0,
      counts,
    }
  })
}

export function presentWork(item: WorkListItem): WireWorkItem {
  const { assignmentId, name, unit, site, assignedTo, dueStatus, window, next, days, inProgress } = item
  const { frequency, last } = item
  return {
    ...{ assignmentId, name, unit, site, assignedTo, dueStatus, window, next, days, inProgress },
    frequency: frequency && { id: frequency.id, name: frequency.name },
    dueAt: item.dueDate?.toISOString() ?? null,
    last: last && { ...last, at: last.at.toISOString() },
  }
}

const ORDERS = {
  due: 'due',
  dueAt: 'due',
  unit: 'unit',
  name: 'name',
  frequency: 'frequency',
  last: 'lastDone',
  dueStatus: 'status',
} as const

const DUE_WORDS = { none: 'no_tol', later: 'ok', due: 'tolerance', overdue: 'action' } as const

/**
 * Reads `unit`, `site`, `category`, `frequency` (`none` for work without one), `due` (`none later due overdue`), each
 * also as `name:in=a,b`; `q`, `order=-due`, `limit`, `offset`, `scope=all`.
 */
function workRequest(parameters: URLSearchParams): WorkListRequest {
  const text = parameters.get('q')
  const units = ids(parameters, 'unit')
  const sites = ids(parameters, 'site')
  const categories = ids(parameters, 'category')
  const frequencies = words(parameters, 'frequency')
  const due = words(parameters, 'due')
  return {
    ...(units ? { unitIds: units } : {}),
    ...(sites ? { siteIds: sites } : {}),
    ...(categories ? { categoryIds: categories } : {}),
    ...(frequencies
      ? { frequencyIds: frequencies.map((word) => (word === 'none' ? null : toId('frequency', word))) }
      : {}),
    ...(due ? { due: due.map(dueStatusOf) } : {}),
    ...(text ? { text: text.slice(0, 200) } : {}),
    ...orderOf(parameters.get('order')),
    ...(parameters.get('scope') === 'all' ? { scope: 'all' } : {}),
    ...defined({ limit: wholeNumber(parameters, 'limit'), offset: wholeNumber(parameters, 'offset') }),
  }
}

function dueStatusOf(word: string): (typeof DUE_WORDS)[keyof typeof DUE_WORDS] {
  if (!Object.hasOwn(DUE_WORDS, word)) {
    throw invalidInput('due', `This must be one of ${Object.keys(DUE_WORDS).join(', ')}.`)
  }
  return DUE_WORDS[word as keyof typeof DUE_WORDS]
}

function orderOf(given: string | null): Pick<WorkListRequest, 'order' | 'direction'> {
  if (given === null || given === '') return {}
  const name = given.replace(/^-/, '')
  if (!Object.hasOwn(ORDERS, name)) {
    throw invalidInput('order', `This must be one of ${Object.keys(ORDERS).join(', ')}.`)
  }
  return {
    order: ORDERS[name as keyof typeof ORDERS],
    direction: given.startsWith('-') ? 'desc' : 'asc',
  }
}
