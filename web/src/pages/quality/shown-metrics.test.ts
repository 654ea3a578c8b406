import { expect, it } from 'vitest'
import type {
  WireMetric,
  WireReport,
  WireStatus,
} from '../../../../src/dialects/native/quality/report.schema.ts'
import { reportCsv } from './report-csv.ts'
import { readView } from './report-view.ts'
import { shownSubjects } from './shown-metrics.ts'

const BASE: WireMetric = {
  id: '',
  type: 'violations',
  typeName: 'Violations',
  name: '',
  secondaryName: '',
  attributes: {},
  scale: 'count',
  scales: ['count'],
  direction: '<',
  unit: 'violations',
  unitSingular: 'violation',
  target: '0',
  nearTarget: '10',
  debtTarget: null,
  acceptDebt: false,
  debtEndDate: null,
  debtProblem: null,
  evaluateTargets: true,
  tags: [],
  comment: '',
  status: null,
  statusSince: null,
  requiresAction: false,
  value: null,
  measuredAt: null,
  deadline: null,
  daysLeft: null,
  isStale: false,
  isOutdated: false,
  isRequested: false,
  unmeasured: null,
  sources: [],
  issueIds: [],
  issues: [],
  recent: [],
}

function metric(name: string, status: WireStatus, more: Partial<WireMetric> = {}): WireMetric {
  const requiresAction = status === null || status === 'target_not_met' || status === 'near_target_met'
  return { ...BASE, id: name, name, status, requiresAction, ...more }
}

const COUNTS = { red: 0, green: 0, yellow: 0, grey: 0, blue: 0, white: 0 }
const METRICS = [
  metric('met', 'target_met', { value: '9', tags: ['security'], issueIds: ['TP-1'] }),
  metric('red', 'target_not_met', { value: '100', tags: ['security', 'usability'], daysLeft: 3 }),
  metric('unknown', null, { tags: ['usability'] }),
  metric('near', 'near_target_met', { value: '20', daysLeft: 0, comment: '=1+1, "quoted"' }),
]
const REPORT: Pick<WireReport, 'subjects'> = {
  subjects: [
    {
      ...{ id: 's', type: 'software', typeName: 'Software', name: 'Planning', subtitle: '', comment: '' },
      attributes: {},
      counts: COUNTS,
      metrics: METRICS,
    },
  ],
}

it.each([
  ['', ['met', 'red', 'unknown', 'near']],
  ['metrics_to_hide=no_action_needed', ['red', 'unknown', 'near']],
  ['metrics_to_hide=no_issues', ['met']],
  ['metrics_to_hide=all', []],
  ['hidden_tags=security', ['red', 'unknown']],
  ['hidden_tags=security,usability', []],
  ['q=RED', ['red']],
  ['q=planning', ['met', 'red', 'unknown', 'near']],
  ['sort_column=name', ['met', 'near', 'red', 'unknown']],
  ['sort_column=status', ['unknown', 'red', 'near', 'met']],
  ['sort_column=measurement&sort_direction=descending', ['red', 'near', 'met', 'unknown']],
  ['sort_column=time_left', ['near', 'red', 'met', 'unknown']],
  ['sort_column=nonsense', ['met', 'red', 'unknown', 'near']],
])('?%s leaves %s', (query, names) => {
  const view = readView(Object.fromEntries(new URLSearchParams(query)), 'r')
  const shown = shownSubjects(REPORT, view).flatMap(({ metrics }) => metrics.map(({ name }) => name))
  expect(shown).toEqual(names)
})

it('a report as CSV keeps quotes, and takes the formula out of a comment', () => {
  const lines = reportCsv(REPORT).split('\r\n')
  expect(lines).toHaveLength(6)
  expect(lines[1]).toBe('Planning,met,Target met,,9,count,<,0,10,,violations,,,,TP-1,security,')
  expect(lines[4]).toBe(`Planning,near,Near target,,20,count,<,0,10,,violations,,0,,,,"'=1+1, ""quoted"""`)
})
