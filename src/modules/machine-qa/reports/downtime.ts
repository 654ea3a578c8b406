import type { ReportKind } from '../../reports/report-kind.ts'
import type { Availability } from '../domain/unit-availability.ts'
import { unitAvailability } from '../service/unit-availability.ts'
import { FILTERS } from './filters.data.ts'
import { unitLabel } from './reported-session.ts'

const HOUR_S = 3600

/** For how long units were meant to be available and were not, by month. */
export const downtime: ReportKind = {
  kind: 'machine-qa.downtime',
  title: 'Downtime and availability',
  description: 'Potential, service and lost hours of each unit by month, and its availability in per cent.',
  permission: 'machine-qa.service-event.view',
  formats: ['pdf', 'xlsx', 'csv'],
  filters: [
    {
      name: 'period',
      label: 'Period',
      kind: 'period',
      direction: 'past',
      required: true,
      default: 'last-6-months',
    },
    FILTERS.units,
    { name: 'types', label: 'Types of service', kind: 'records', record: 'machine-qa.service-type' },
  ],
  run: async (ctx, filters, limit) => {
    const period = filters.period('period')
    if (!period) throw new Error('the period is required')
    const [unitIds, serviceTypeIds] = [filters.ids('units'), filters.ids('types')]
    const units = await unitAvailability(ctx, {
      ...period,
      ...(unitIds ? { unitIds } : {}),
      ...(serviceTypeIds ? { serviceTypeIds } : {}),
    })
    const rows = units.flatMap(({ unit, months, total }) => {
      const label = unitLabel(unit)
      return [
        ...months.map((month) => ({ group: label, cells: [label, month.month, ...cellsOf(month)] })),
        { group: label, cells: [label, 'Total', ...cellsOf(total)] },
      ]
    })
    return {
      facts: [{ label: 'Units', value: String(units.length) }],
      columns: [
        { title: 'Unit', kind: 'text', onPaper: 'none' },
        { title: 'Month', kind: 'text', onPaper: 'fill' },
        { title: 'Service events', kind: 'number' },
        { title: 'Potential (h)', kind: 'number', decimals: 1 },
        { title: 'Service (h)', kind: 'number', decimals: 1 },
        { title: 'Lost (h)', kind: 'number', decimals: 1 },
        { title: 'Available (%)', kind: 'number', decimals: 2 },
      ],
      rows: rows.slice(0, limit),
      isCut: rows.length > limit,
      whenEmpty: 'There is no unit.',
    }
  },
}

function cellsOf({ events, potentialS, serviceS, lostS, uptime }: Availability): readonly (number | null)[] {
  const hours = (seconds: number) => seconds / HOUR_S
  return [events, hours(potentialS), hours(serviceS), hours(lostS), uptime === null ? null : uptime * 100]
}
