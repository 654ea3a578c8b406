import type { WireReport } from '../../../../src/dialects/native/quality/report.schema.ts'
import { appearanceOf } from '../../api/quality/words.ts'

const HEAD = [
  'subject',
  'metric',
  'status',
  'status since',
  'measurement',
  'scale',
  'direction',
  'target',
  'near target',
  'debt target',
  'unit',
  'measured at',
  'days left',
  'sources',
  'issues',
  'tags',
  'comment',
]

/** All metrics of a report as CSV (RFC 4180), times in ISO 8601, one line each. */
export function reportCsv(report: Pick<WireReport, 'subjects'>): string {
  const rows = report.subjects.flatMap((subject) =>
    subject.metrics.map((metric) => [
      subject.name,
      metric.name,
      appearanceOf(metric.status).word,
      metric.statusSince,
      metric.value,
      metric.scale,
      metric.direction,
      metric.target,
      metric.nearTarget,
      metric.debtTarget,
      metric.unit,
      metric.measuredAt,
      metric.daysLeft === null ? null : String(metric.daysLeft),
      metric.sources.map(({ name }) => name).join('; '),
      metric.issueIds.join('; '),
      metric.tags.join('; '),
      metric.comment,
    ]),
  )
  return [HEAD, ...rows].map((cells) => `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`).join('')
}

/** A leading `=`, `+`, `-` or `@` would be run as a formula by a spreadsheet; numbers may keep their sign. */
function csvCell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+$/.test(text)
  const safe = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
