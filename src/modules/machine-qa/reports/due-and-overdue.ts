import type { Context } from '../../../context.ts'
import { zoneDay } from '../../../core/calendar.ts'
import type { ReportFilters } from '../../reports/domain/report-filter.ts'
import type { ReportColumn, ReportKind, ReportRow } from '../../reports/report-kind.ts'
import type { DueStatus } from '../domain/due-status.ts'
import { type WorkListItem, workList } from '../work-list.ts'
import { FILTERS } from './filters.data.ts'
import { unitLabel } from './reported-session.ts'

const DUE_STATUS = {
  action: { token: 'late', word: 'Overdue' },
  tolerance: { token: 'todo', word: 'Due' },
  ok: { token: 'ok', word: 'Not due' },
  no_tol: { token: 'none', word: 'No due date' },
} as const satisfies Record<DueStatus, { token: string; word: string }>

const COLUMNS: readonly ReportColumn[] = [
  { title: 'Unit', kind: 'text', onPaper: 'none' },
  { title: 'Test list', kind: 'text', onPaper: 'fill' },
  { title: 'Frequency', kind: 'text' },
  { title: 'Assigned to', kind: 'text' },
  { title: 'State', kind: 'text' },
  { title: 'Due', kind: 'day' },
  { title: 'Window from', kind: 'day', onPaper: 'none' },
  { title: 'Window to', kind: 'day', onPaper: 'none' },
  { title: 'Last done', kind: 'instant' },
]

const SHARED = [FILTERS.units, FILTERS.sites, FILTERS.frequencies, FILTERS.groups] as const

/** What is due or overdue now. */
export const dueAndOverdue: ReportKind = {
  kind: 'machine-qa.due-and-overdue',
  title: 'Due and overdue QA',
  description: 'Test lists that are due or overdue now, by unit.',
  permission: 'machine-qa.session.view-overview',
  formats: ['pdf', 'xlsx', 'csv'],
  filters: [
    {
      name: 'states',
      label: 'States',
      kind: 'choice',
      choices: [
        { value: 'tolerance', label: 'Due' },
        { value: 'action', label: 'Overdue' },
      ],
      default: ['tolerance', 'action'],
    },
    ...SHARED,
  ],
  run: async (ctx, filters, limit) => {
    const states = new Set(filters.words('states'))
    const due = (['tolerance', 'action'] as const).filter((state) => states.has(state))
    const items = await collect(ctx, filters, { due, limit, keep: () => true })
    return dataOf(ctx, items, limit, 'Nothing is due or overdue.')
  },
}

/** What will be due in a period. */
export const nextDue: ReportKind = {
  kind: 'machine-qa.next-due',
  title: 'Next due dates',
  description: 'Test lists whose due date lies in a period, by unit.',
  permission: 'machine-qa.session.view-overview',
  formats: ['pdf', 'xlsx', 'csv'],
  filters: [
    {
      name: 'due',
      label: 'Due in',
      kind: 'period',
      direction: 'future',
      required: true,
      default: 'next-30-days',
    },
    ...SHARED,
  ],
  run: async (ctx, filters, limit) => {
    const period = filters.period('due')
    const keep = ({ dueDate }: WorkListItem) => {
      if (!dueDate || !period) return false
      const day = zoneDay(dueDate, ctx.zone)
      return day >= period.from && day <= period.to
    }
    const items = await collect(ctx, filters, { due: ['ok', 'tolerance', 'action'], limit, keep })
    return dataOf(ctx, items, limit, 'Nothing is due in this period.')
  },
}

const PAGE = 500

/** Work of everybody by unit, page by page, until there is more than the limit. */
async function collect(
  ctx: Context,
  filters: ReportFilters,
  wanted: {
    readonly due: readonly DueStatus[]
    readonly limit: number
    readonly keep: (item: WorkListItem) => boolean
  },
): Promise<readonly WorkListItem[]> {
  const [unitIds, siteIds, frequencyIds] = ['units', 'sites', 'frequencies'].map((name) => filters.ids(name))
  const groups = filters.ids('groups')
  const found: WorkListItem[] = []
  for (let offset = 0; found.length <= wanted.limit; offset += PAGE) {
    const { items } = await workList(ctx, {
      scope: 'all',
      ...(unitIds ? { unitIds } : {}),
      ...(siteIds ? { siteIds } : {}),
      ...(frequencyIds ? { frequencyIds } : {}),
      due: wanted.due,
      order: 'unit',
      limit: PAGE,
      offset,
    })
    const isWanted = (item: WorkListItem) =>
      wanted.keep(item) && (groups === undefined || groups.includes(item.assignedTo?.id ?? 0))
    found.push(...items.filter(isWanted))
    if (items.length < PAGE) break
  }
  return found
}

function dataOf(ctx: Context, items: readonly WorkListItem[], limit: number, whenEmpty: string) {
  const overdue = items.filter(({ dueStatus }) => dueStatus === 'action').length
  return {
    facts: [
      { label: 'Test lists', value: String(items.length) },
      { label: 'Overdue', value: String(overdue) },
    ],
    columns: COLUMNS,
    rows: items.slice(0, limit).map((item) => rowOf(item, ctx.zone)),
    isCut: items.length > limit,
    whenEmpty,
  }
}

function rowOf(
  { unit, name, frequency, assignedTo, dueStatus, dueDate, window, last }: WorkListItem,
  zone: string,
): ReportRow {
  return {
    group: unitLabel(unit),
    cells: [
      unitLabel(unit),
      name,
      frequency?.name ?? 'Ad hoc',
      assignedTo?.name ?? null,
      { status: DUE_STATUS[dueStatus] },
      dueDate && zoneDay(dueDate, zone),
      window?.from ?? null,
      window?.to ?? null,
      last?.at ?? null,
    ],
  }
}
