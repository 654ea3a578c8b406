import { endOfDay, parseDay } from '../../../core/calendar.ts'

export const COLUMNS = [
  'trend',
  'status',
  'measurement',
  'delta',
  'target',
  'unit',
  'source',
  'time_left',
  'overrun',
  'comment',
  'issues',
  'tags',
] as const
export type ColumnKey = (typeof COLUMNS)[number]

const ISSUE_DETAILS = ['summary', 'creation_date', 'update_date', 'due_date', 'release', 'sprint'] as const
export type IssueDetail = (typeof ISSUE_DETAILS)[number]

/** What a reader wants to see on paper. */
export type PdfOptions = {
  readonly metricsToHide: 'none' | 'no_action_required' | 'no_issues' | 'all'
  readonly hiddenColumns: ReadonlySet<string>
  readonly hiddenTags: ReadonlySet<string>
  readonly hiddenCards: ReadonlySet<string>
  readonly hideEmptyColumns: boolean
  /** ids of metrics whose ignored entities are left out */
  readonly hideIgnoredEntities: ReadonlySet<string>
  /** tabs to show, by item */
  readonly expanded: ReadonlyMap<string, ReadonlySet<number>>
  /** the ends of the days to show, in the order of the columns */
  readonly dates: readonly Date[]
  /** the latest of them; undefined for now */
  readonly at: Date | undefined
  readonly sortColumn: string
  readonly isDescending: boolean
  /** attribute by which the entities of a metric are sorted */
  readonly entitySort: ReadonlyMap<string, string>
  readonly entityDescending: ReadonlySet<string>
  readonly issueDetails: ReadonlySet<IssueDetail>
  readonly reportUrl: string | null
  readonly language: 'en' | 'nl'
}

const DAY_MS = 86_400_000
const LONGEST = 20_000

/**
 * Reads the parameters of a document leniently: what is not known is left out, what is wrong is the default.
 *
 * @param reportId for whose own parameters, `<key>_<id>`, the plain ones stand in
 */
export function readPdfOptions(
  query: URLSearchParams,
  reportId: string | null,
  { now, zone }: { readonly now: Date; readonly zone: string },
): PdfOptions {
  const get = (key: string) =>
    ((reportId === null ? null : query.get(`${key}_${reportId}`)) ?? query.get(key) ?? '').slice(0, LONGEST)
  const listOf = (key: string) => new Set(partsOf(get(key)))
  const at = reportDate(query.get('report_date') ?? '', now, zone)
  return {
    metricsToHide: metricsToHide(get('metrics_to_hide'), reportId === null ? 'all' : 'none'),
    hiddenColumns: listOf('hidden_columns'),
    hiddenTags: listOf('hidden_tags'),
    hiddenCards: listOf('hidden_cards'),
    hideEmptyColumns: get('hide_empty_columns') === 'true',
    hideIgnoredEntities: listOf('hide_ignored_entities'),
    expanded: tabsOf([...partsOf(get('tabs')), ...partsOf(get('expanded'))]),
    dates: datesOf(at ?? now, get('nr_dates'), get('date_interval'), get('date_order')),
    at,
    sortColumn: get('sort_column'),
    isDescending: get('sort_direction') === 'descending',
    entitySort: new Map(pairsOf(get('entity_sort_column'))),
    entityDescending: new Set(
      pairsOf(get('entity_sort_direction')).flatMap(([id, to]) => (to === 'descending' ? [id] : [])),
    ),
    issueDetails: new Set(ISSUE_DETAILS.filter((detail) => get(`show_issue_${detail}`) === 'true')),
    reportUrl: webAddress(query.get('report_url')),
    language: /^nl\b/i.test(query.get('language') ?? '') ? 'nl' : 'en',
  }
}

function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** `<id>:<word>` in a list. */
function pairsOf(text: string): readonly (readonly [string, string])[] {
  return partsOf(text).flatMap((part): (readonly [string, string])[] => {
    const colon = part.lastIndexOf(':')
    return colon > 0 ? [[part.slice(0, colon), part.slice(colon + 1)]] : []
  })
}

function tabsOf(parts: readonly string[]): ReadonlyMap<string, ReadonlySet<number>> {
  const tabs = new Map<string, Set<number>>()
  for (const [id, tab] of pairsOf(parts.join(','))) {
    if (/^\d{1,3}$/.test(tab)) tabs.set(id, (tabs.get(id) ?? new Set<number>()).add(Number(tab)))
  }
  return tabs
}

function metricsToHide(text: string, byDefault: 'none' | 'all'): PdfOptions['metricsToHide'] {
  if (text === '') return byDefault
  if (text === 'no_action_needed' || text === 'no_action_required') return 'no_action_required'
  return text === 'no_issues' || text === 'all' ? text : 'none'
}

/** A day means its end; anything else, and the future, means now. */
function reportDate(text: string, now: Date, zone: string): Date | undefined {
  const day = parseDay(text.slice(0, 10))
  const at = day && endOfDay(day, zone)
  return at && at < now ? at : undefined
}

const MOST_DATES = 7

function datesOf(latest: Date, count: string, interval: string, order: string): readonly Date[] {
  const dates = Math.min(Math.max(wholeNumber(count) ?? 1, 1), MOST_DATES)
  const days = Math.min(wholeNumber(interval) || 7, 3650)
  const found = Array.from(
    { length: dates },
    (_, index) => new Date(latest.getTime() - index * days * DAY_MS),
  )
  return order === 'ascending' ? found.toReversed() : found
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined
}

function webAddress(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text)
  return url && ['http:', 'https:'].includes(url.protocol) ? (text ?? '').slice(0, 500) : null
}
