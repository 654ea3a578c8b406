import type { ReportKind, ReportRow } from '../../reports/report-kind.ts'
import { referenceDisplay } from '../domain/reference.ts'
import type { PersonName } from '../domain/test-page.ts'
import { findComparisons } from '../store/comparisons.ts'
import { type Compared, findReportedChanges, type ReportedChange } from '../store/reported-changes.ts'
import { findPersonNames } from '../store/test-pages.ts'
import { FILTERS } from './filters.data.ts'
import { spanOf, unitLabel } from './reported-session.ts'

/** Who changed which reference or tolerance, from what to what and why. */
export const referenceChanges: ReportKind = {
  kind: 'machine-qa.reference-history',
  title: 'Reference history',
  description: 'Changes of references and tolerances: from what to what, by whom, and why.',
  permission: 'machine-qa.session.view-references',
  orientation: 'landscape',
  formats: ['pdf', 'xlsx', 'csv'],
  filters: [
    {
      name: 'changed',
      label: 'Changed',
      kind: 'period',
      direction: 'past',
      required: true,
      default: 'last-365-days',
    },
    FILTERS.units,
    FILTERS.tests,
  ],
  run: async (ctx, filters, limit) => {
    const { from, to } = spanOf(ctx, filters, 'changed')
    const [unitIds, testIds] = [filters.ids('units'), filters.ids('tests')]
    const found = await findReportedChanges(
      ctx.db,
      { from, ...(unitIds ? { unitIds } : {}), ...(testIds ? { testIds } : {}) },
      // those after the period tell what came of the last one within it
      limit * 2 + 1,
    )
    const present = await findComparisons(ctx.db, {
      infoIds: [...new Set(found.map(({ infoId }) => infoId))],
    })
    const people = await findPersonNames(
      ctx.db,
      found.map(({ byId }) => byId),
    )
    const rows = withAfter(found, new Map(present.map((each) => [each.infoId, each])))
      .filter(({ change }) => change.at < to)
      .map(({ change, after }) => rowOf(change, after, people))
    return {
      facts: [{ label: 'Changes', value: String(Math.min(rows.length, limit)) }],
      columns: [
        { title: 'Unit', kind: 'text', onPaper: 'none' },
        { title: 'Test', kind: 'text', onPaper: 'fill' },
        { title: 'Changed', kind: 'instant' },
        { title: 'By', kind: 'text' },
        { title: 'Reference before', kind: 'text' },
        { title: 'Reference after', kind: 'text' },
        { title: 'Tolerance before', kind: 'text' },
        { title: 'Tolerance after', kind: 'text' },
        { title: 'Reason', kind: 'text', onPaper: 'none' },
      ],
      rows: rows.slice(0, limit),
      isCut: rows.length > limit || found.length > limit * 2,
      whenEmpty: 'No reference or tolerance was changed in this period.',
    }
  },
}

/** What each change led to: what the next one of the same test started from, or what holds now. */
function withAfter(
  changes: readonly ReportedChange[],
  present: ReadonlyMap<number, Compared>,
): readonly { readonly change: ReportedChange; readonly after: Compared }[] {
  return changes.map((change, index) => {
    const later = changes[index - 1]
    const now = present.get(change.infoId) ?? { reference: null, tolerance: null }
    return { change, after: later?.infoId === change.infoId ? later.before : now }
  })
}

function rowOf(change: ReportedChange, after: Compared, people: ReadonlyMap<number, PersonName>): ReportRow {
  const { before, unit, comment } = change
  const person = people.get(change.byId ?? 0)
  return {
    group: unitLabel(unit),
    cells: [
      unitLabel(unit),
      change.test,
      change.at,
      person?.fullName || person?.username || null,
      referenceDisplay(before.reference) || null,
      referenceDisplay(after.reference) || null,
      before.tolerance?.name ?? null,
      after.tolerance?.name ?? null,
      comment || null,
    ],
    ...(comment === '' ? {} : { note: `Reason: ${comment}` }),
  }
}
