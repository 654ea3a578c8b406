import { asSystem } from '../../../context.ts'
import { formatMinuteWithMonthName } from '../../../core/calendar.ts'
import { all, type Condition, compare, equals, related } from '../../../core/query.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import type { Endpoint, Exchange, Method } from '../endpoint.ts'
import { isRead } from '../methods.ts'

const MOST_ITEMS = 50
const LONGEST_QUERY = 1000

/** What a searcher looks through, and how it names what it found. */
type Searcher = {
  readonly path: string
  readonly title: string
  readonly record: string
  /** rows whose name contains the text */
  readonly named: (text: string) => Condition
  readonly within: Condition
  /** the member that holds the name, where it is not `name`; the answer then says so */
  readonly nameKey?: string
  /** names of the rows found, by id */
  readonly names: (exchange: Exchange, ids: readonly number[]) => Promise<ReadonlyMap<number, string>>
}

/** `GET /api/qa/searcher/…?q=`: up to 50 objects whose id or name contains a text. */
export function searchEndpoints(): readonly Endpoint[] {
  return SEARCHERS.map(searchEndpoint)
}

const shared = {
  kind: 'call',
  permission: (method: Method) => (isRead(method) ? 'machine-qa.access' : 'machine-qa.searcher.write'),
  following: 'head-and-options',
} as const

function searchEndpoint(searcher: Searcher): Endpoint {
  const { path, title, nameKey = 'name' } = searcher
  return {
    ...shared,
    path,
    title,
    description: 'Finds objects whose id or name contains `q`.',
    handlers: {
      get: async (exchange) => {
        const ids = await findIds(exchange, searcher)
        const names = await searcher.names(exchange, ids)
        const items = ids.map((id) => ({ id, [nameKey]: names.get(id) ?? '' }))
        return { body: nameKey === 'name' ? { items } : { items, name: nameKey } }
      },
    },
  }
}

async function findIds({ ctx, parameters }: Exchange, searcher: Searcher): Promise<readonly number[]> {
  const text = (parameters.getAll('q').at(-1) ?? '').replaceAll('\0', '').slice(0, LONGEST_QUERY)
  if (text === '') return []
  const found: Condition = { kind: 'any', of: [compare('id', 'icontains', text), searcher.named(text)] }
  const { rows } = await listRecords(
    asSystem(ctx, 'qatrack'),
    ctx.catalogue.get(searcher.record),
    {
      where: all(found, searcher.within),
      order: [{ path: ['id'], direction: 'asc' }],
      limit: MOST_ITEMS,
      offset: 0,
    },
    { total: 'none', relations: 'none' },
  )
  return rows.map(({ id }) => id)
}

/** The values of one field of rows. */
async function valuesOf(
  { ctx }: Exchange,
  record: string,
  ids: readonly number[],
  field: string,
): Promise<ReadonlyMap<number, unknown>> {
  if (ids.length === 0) return new Map()
  const { rows } = await listRecords(
    asSystem(ctx, 'qatrack'),
    ctx.catalogue.get(record),
    { where: compare('id', 'in', [...new Set(ids)]), order: [], limit: ids.length, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return new Map(rows.map((row) => [row.id, row[field]]))
}

/** Names that stand in the rows themselves, or behind references from record to record. */
function namesThrough(...steps: readonly (readonly [record: string, field: string])[]): Searcher['names'] {
  return async (exchange, ids) => {
    let current = new Map<number, unknown>(ids.map((id) => [id, id]))
    for (const [record, field] of steps) {
      const reached = [...current.values()].map(Number)
      const values = await valuesOf(exchange, record, reached, field)
      current = new Map([...current].map(([id, at]) => [id, values.get(Number(at))]))
    }
    return new Map([...current].map(([id, name]) => [id, String(name ?? '')]))
  }
}

function nameContains(text: string): Condition {
  return compare('name', 'icontains', text)
}

const SEARCHERS: readonly Searcher[] = [
  named('test', 'Test Searcher', 'machine-qa.test'),
  named('test_list', 'Test List Searcher', 'machine-qa.test-list'),
  named('test_list_cycle', 'Test List Cycle Searcher', 'machine-qa.test-list-cycle'),
  {
    path: 'qa/searcher/test_instance',
    title: 'Test Instance Searcher',
    record: 'machine-qa.result',
    within: equals('voided', false),
    nameKey: 'unit_test_info__test__name',
    named: (text) =>
      related(
        'unitTestInfo',
        related('test', { kind: 'any', of: [nameContains(text), compare('displayName', 'icontains', text)] }),
      ),
    names: namesThrough(
      ['machine-qa.result', 'unitTestInfo'],
      ['machine-qa.unit-test-info', 'test'],
      ['machine-qa.test', 'name'],
    ),
  },
  {
    path: 'qa/searcher/test_list_instance',
    title: 'Test List Instance Searcher',
    record: 'machine-qa.session',
    within: equals('voidedAt', null),
    nameKey: 'test_list__name',
    named: (text) => related('testList', nameContains(text)),
    names: namesThrough(['machine-qa.session', 'testList'], ['machine-qa.test-list', 'name']),
  },
  {
    path: 'servicelog/searcher/service_event',
    title: 'Service Event Searcher',
    record: 'machine-qa.service-event',
    within: equals('isActive', true),
    nameKey: 'display',
    // found by their ids only
    named: () => ({ kind: 'any', of: [] }),
    names: displayedEvents,
  },
]

/** `Service Pending - Created on 25 Jul 2019 11:00`. */
async function displayedEvents(
  exchange: Exchange,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const record = 'machine-qa.service-event'
  const [created, statusIds] = await Promise.all([
    valuesOf(exchange, record, ids, 'datetimeCreated'),
    valuesOf(exchange, record, ids, 'serviceStatus'),
  ])
  const statuses = await valuesOf(
    exchange,
    'machine-qa.service-event-status',
    [...statusIds.values()].map(Number),
    'name',
  )
  return new Map(
    ids.map((id) => {
      const at = created.get(id)
      const when = at instanceof Date ? formatMinuteWithMonthName(at, exchange.ctx.zone) : ''
      return [id, `${statuses.get(Number(statusIds.get(id)))} - Created on ${when}`]
    }),
  )
}

function named(word: string, title: string, record: string): Searcher {
  return {
    path: `qa/searcher/${word}`,
    title,
    record,
    within: equals('retiredAt', null),
    named: nameContains,
    names: namesThrough([record, 'name']),
  }
}
