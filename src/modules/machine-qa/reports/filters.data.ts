import type { ReportFilter } from '../../reports/domain/report-filter.ts'

/** Filters that several reports of machine QA share. */
export const FILTERS = {
  completed: {
    name: 'completed',
    label: 'Completed',
    kind: 'period',
    direction: 'past',
    required: true,
    default: 'last-30-days',
  },
  units: { name: 'units', label: 'Units', kind: 'records', record: 'machine-qa.unit' },
  sites: { name: 'sites', label: 'Sites', kind: 'records', record: 'equipment.site' },
  frequencies: { name: 'frequencies', label: 'Frequencies', kind: 'records', record: 'machine-qa.frequency' },
  groups: { name: 'groups', label: 'Assigned to', kind: 'records', record: 'access.group' },
  lists: { name: 'lists', label: 'Test lists', kind: 'records', record: 'machine-qa.test-list' },
  tests: { name: 'tests', label: 'Tests', kind: 'records', record: 'machine-qa.test' },
} as const satisfies Record<string, ReportFilter>
