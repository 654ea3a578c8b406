import type { Block, Card } from '../../../platform/pdf/pdf-document.ts'
import { requiresAction, STATUS_ORDER, type Status } from '../domain/status.ts'
import { type MetricRow, shownStatus } from './metric-row.ts'
import type { PdfOptions } from './pdf-options.ts'

export type CardGroup = { readonly title: string; readonly statuses: readonly (Status | null)[] }

function statusCard({ title, statuses }: CardGroup): Card {
  return {
    title,
    counts: STATUS_ORDER.map((status) => ({
      status: shownStatus(status),
      count: statuses.filter((each) => each === status).length,
    })).filter(({ count }) => count > 0),
  }
}

/**
 * The cards at the top: parts, tags, what needs action, issues, and what the marks mean.
 *
 * @param kind how the cards of the parts are called when they are hidden
 */
export function dashboardBlocks(
  kind: 'reports' | 'subjects',
  parts: readonly CardGroup[],
  rows: readonly MetricRow[],
  options: PdfOptions,
): readonly Block[] {
  const isShown = (name: string) => !options.hiddenCards.has(name)
  const statuses = rows.map(({ state }) => state?.status ?? null)
  const cards = [
    ...(isShown('action_required')
      ? [statusCard({ title: 'Action required', statuses: statuses.filter(requiresAction) })]
      : []),
    ...(isShown(kind) ? parts.map(statusCard) : []),
    ...(isShown('tags') ? tagGroups(rows, options).map(statusCard) : []),
  ]
  return [
    ...(cards.length > 0 ? [{ kind: 'cards' as const, perRow: 3 as const, cards }] : []),
    ...(isShown('issues') ? issueBlocks(rows) : []),
    ...(isShown('legend')
      ? [
          { kind: 'text' as const, look: 'muted' as const, text: 'Legend' },
          ...STATUS_ORDER.map((status) => ({ kind: 'status' as const, status: shownStatus(status) })),
        ]
      : []),
  ]
}

function tagGroups(rows: readonly MetricRow[], { hiddenTags }: PdfOptions): readonly CardGroup[] {
  const tags = [...new Set(rows.flatMap(({ metric }) => metric.tags))]
    .filter((tag) => !hiddenTags.has(tag))
    .toSorted()
  return tags.map((tag) => ({
    title: `Tag ${tag}`,
    statuses: rows.flatMap(({ metric, state }) => (metric.tags.includes(tag) ? [state?.status ?? null] : [])),
  }))
}

function issueBlocks(rows: readonly MetricRow[]): readonly Block[] {
  const issues = rows.flatMap(({ metric, state }) =>
    metric.issueIds.map(
      (id) => state?.latest?.issues.find(({ issueId }) => issueId === id)?.category ?? null,
    ),
  )
  if (issues.length === 0) return []
  const count = (category: string | null) => String(issues.filter((each) => each === category).length)
  return [
    {
      kind: 'facts',
      columns: 2,
      items: [
        { label: 'Issues to do', value: count('todo') },
        { label: 'Issues in progress', value: count('doing') },
        { label: 'Issues done', value: count('done') },
        { label: 'Issues unknown', value: count(null) },
      ],
    },
  ]
}
