import { afterAll, expect, it } from 'vitest'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { openDocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import { readPdfText } from '../../../platform/pdf/read-pdf-text.ts'
import { ACCESS_TEST_MIGRATIONS } from '../../access/testing.ts'
import { recordReading } from '../collector/measure-metric.ts'
import { parseOrderedJson } from '../domain/ordered-json.ts'
import { parameterHash } from '../domain/parameter-hash.ts'
import { readReportFile } from '../domain/read-report-file.ts'
import { metricsOf } from '../domain/report-tree.ts'
import { importReport } from '../import-report.ts'
import { createQuality } from '../store/migrations/0001-create.ts'
import { makeQualityFixture, makeReading, type QualityFixture, treeOf } from '../testing.ts'
import { overviewDocument, reportDocument } from './quality-document.ts'

const builder = openDocumentBuilder()
afterAll(() => builder.close())

const FILE = `{"title": "Dose report", "subtitle": "Monthly", "comment": "<p>Hello <b>you</b></p>", "subjects": {"s": {"type": "software", "name": "Planning", "metrics": {
  "a": {"type": "violations", "name": "Zebra", "tags": ["security"], "comment": "Look here", "issue_ids": ["DOSE-9"], "sources": {"x": {"type": "sarif_json", "name": "Scanner", "parameters": {"url": "https://x.example.org"}}}},
  "b": {"type": "tests", "name": "Apple", "tags": ["quality"], "sources": {"y": {"type": "junit", "parameters": {"url": "https://y.example.org"}}}}}}}}`

async function makeReport(fixture: QualityFixture) {
  const { reportId } = await importReport(
    fixture.editor,
    fixture.quality,
    readReportFile(parseOrderedJson(FILE)),
  )
  const tree = await treeOf(fixture.editor, reportId)
  const [zebra, apple] = metricsOf(tree).map(({ metric }) => metric)
  if (!zebra || !apple) throw new Error('the report has no metrics')
  for (const [item, value] of [
    [zebra, '12'],
    [apple, '5'],
  ] as const)
    await recordReading(fixture.system, item.id, {
      sources: [makeReading(item, { value, ...(item === apple ? { entities: [] } : {}) })],
      issues: [
        {
          issueId: 'DOSE-9',
          category: 'doing',
          name: 'In progress',
          summary: 'Fix it',
          created: '2026-01-02T00:00:00Z',
          updated: '2026-02-03T00:00:00Z',
          dueDate: '2026-03-04',
          releaseName: 'R7',
          sprintName: 'Sprint 5',
        },
      ],
      parameterHash: parameterHash(item),
    })
  return { reportId, zebra: zebra.id, apple: apple.id }
}

function expectWords(text: string, asked: string, present: string | null, absent: string | null): void {
  if (present !== null) expect(text, asked).toContain(present)
  if (absent !== null) expect(text, asked).not.toContain(absent)
}

forEachDatabase('quality reports on paper', [...ACCESS_TEST_MIGRATIONS, createQuality], (open) => {
  it('show what each parameter asks for, plain and with the id of the report', async () => {
    const fixture = await makeQualityFixture(await open())
    const { reportId, zebra } = await makeReport(fixture)
    const textOf = async (query: Readonly<Record<string, string>>) => {
      const document = await reportDocument(
        fixture.reader,
        fixture.quality,
        reportId,
        new URLSearchParams(query),
      )
      return readPdfText(await builder.buildPdf(document))
        .join('\n')
        .replaceAll(/[\s\t]+/g, ' ')
    }
    const usual = await textOf({})
    for (const words of [
      'Dose report',
      'Monthly',
      'Hello you',
      'Planning',
      'Zebra',
      'Apple',
      'Target not met',
      'Scanner',
      'DOSE-9',
      'Look here',
      'Legend',
      'Tag security',
      'Action required',
      'Report date',
      '22 Nov 2026',
      'Issues in progress',
    ])
      expect(usual, words).toContain(words)

    const entity = `${zebra}:5`
    const cases: readonly (readonly [string, string, string | null, string | null])[] = [
      ['metrics_to_hide', 'all', null, 'Zebra'],
      ['metrics_to_hide', 'no_issues', 'Zebra', 'Apple'],
      ['metrics_to_hide', 'no_action_needed', 'Zebra', 'Apple'],
      ['metrics_to_hide', 'odd', 'Apple', null],
      ['hidden_columns', 'comment,nonsense', 'Scanner', 'Look here'],
      ['hidden_columns', 'source', 'Look here', 'Scanner'],
      ['hidden_tags', 'security', 'Apple', 'Zebra'],
      ['hidden_cards', 'legend', 'Tag security', 'Legend'],
      ['hidden_cards', 'tags', 'Legend', 'Tag security'],
      ['hidden_cards', 'action_required', 'Legend', 'Action required'],
      ['hidden_cards', 'issues', 'Legend', 'Issues in progress'],
      ['hide_empty_columns', 'true', 'Look here', 'Overrun'],
      ['expanded', entity, 'Locations', null],
      ['tabs', `${zebra}:0`, 'Less is better', null],
      ['tabs', `${zebra}:1`, 'sarif_json', null],
      ['tabs', `${zebra}:2`, 'Trend of Zebra', null],
      ['tabs', `${zebra}:3`, 'Technical debt accepted', null],
      ['nr_dates', '2', '15 Nov 2026', 'Look nowhere'],
      ['nr_dates', '99', '11 Oct 2026', '4 Oct 2026'],
      ['nr_dates', 'x', 'Zebra', '15 Nov 2026'],
      ['show_issue_summary', 'true', 'Fix it', null],
      ['show_issue_summary', 'yes', null, 'Fix it'],
      ['show_issue_creation_date', 'true', 'created 2026-01-02', null],
      ['show_issue_update_date', 'true', 'updated 2026-02-03', null],
      ['show_issue_due_date', 'true', 'due 2026-03-04', null],
      ['show_issue_release', 'true', 'release R7', null],
      ['show_issue_sprint', 'true', 'sprint Sprint 5', null],
    ]
    for (const [key, value, present, absent] of cases)
      for (const name of [key, `${key}_${reportId}`]) {
        expectWords(await textOf({ [name]: value }), `${name}=${value}`, present, absent)
      }
    const suffix = `_${reportId}`
    for (const end of ['', suffix]) {
      const pair = async (query: Readonly<Record<string, string>>, one: string, other: string) => {
        const text = await textOf(
          Object.fromEntries(Object.entries(query).map(([key, value]) => [key + end, value])),
        )
        return text.lastIndexOf(one) < text.lastIndexOf(other)
      }
      expect(await pair({ sort_column: 'name' }, 'Apple', 'Zebra')).toBe(true)
      expect(await pair({ sort_column: 'name', sort_direction: 'descending' }, 'Zebra', 'Apple')).toBe(true)
      expect(
        await pair(
          { nr_dates: '2', date_interval: '1', date_order: 'ascending' },
          '21 Nov 2026',
          'Look here',
        ),
      ).toBe(true)
      const sorted = { expanded: entity, entity_sort_column: `${zebra}:level` }
      expect(await pair(sorted, 'error', 'note')).toBe(true)
      expect(await pair({ ...sorted, entity_sort_direction: `${zebra}:descending` }, 'note', 'error')).toBe(
        true,
      )
    }
    expect(await textOf({ report_date: '2020-01-01' })).toContain('did not exist at that date')
    expect(await textOf({ report_date: 'odd' })).toContain('Zebra')
    expect(await textOf({ report_url: 'https://q.example.org/r' })).toContain('https://q.example.org/r')
    expect(await textOf({ report_url: 'javascript:alert(1)' })).not.toContain('javascript')
    expect(await textOf({ language: 'nl' })).toContain('22-11-2026')
    expect(await textOf({ hide_toasts: 'true', nonsense: 'x' })).toContain('Zebra')
  }, 60_000)

  it('show all reports, their metrics only when asked for', async () => {
    const fixture = await makeQualityFixture(await open())
    await makeReport(fixture)
    const textOf = async (query: string) => {
      const document = await overviewDocument(fixture.reader, fixture.quality, new URLSearchParams(query))
      return readPdfText(await builder.buildPdf(document)).join('\n')
    }
    expect(await textOf('')).toContain('Dose report')
    expect(await textOf('')).not.toContain('Zebra')
    expect(await textOf('metrics_to_hide=none')).toContain('Zebra')
    expect(await textOf('hidden_cards=reports')).not.toContain('Dose report')
  })
})
