import type { Context } from '../../../context.ts'
import type { Block, Row } from '../../../platform/pdf/pdf-document.ts'
import { findEntityType } from '../domain/catalogue/catalogue.ts'
import type { EntityType } from '../domain/catalogue/entity-type.ts'
import { type Entity, isIgnored, ownJudgement } from '../domain/entity.ts'
import type { SourceReading } from '../domain/measurement.ts'
import { nameOfSource } from '../domain/metric.ts'
import { textOf } from '../domain/report-tree.ts'
import { findChangesOfItem } from '../find-changes.ts'
import { readingDatabase } from '../load-reports.ts'
import { findTrendPoints, withEntities } from '../store/measurements.ts'
import { type MetricRow, plainText, sourceText } from './metric-row.ts'
import type { PdfOptions } from './pdf-options.ts'

const FIRST_ENTITY_TAB = 5
const MOST_CHANGES = 50
const TREND_DAYS = 100
const DAY_MS = 86_400_000

/** What people unfolded of a metric, in the order of the tabs. */
export async function detailBlocks(
  ctx: Context,
  row: MetricRow,
  options: PdfOptions,
): Promise<readonly Block[]> {
  const tabs = [...(options.expanded.get(row.item.id) ?? [])].toSorted((a, b) => a - b)
  const blocks = await Promise.all(tabs.map((tab) => tabBlocks(ctx, row, options, tab)))
  const found = blocks.flat()
  return found.length === 0 ? [] : [{ kind: 'heading', level: 3, text: row.metric.name }, ...found]
}

async function tabBlocks(
  ctx: Context,
  row: MetricRow,
  options: PdfOptions,
  tab: number,
): Promise<readonly Block[]> {
  switch (tab) {
    case 0:
      return [configurationBlock(row)]
    case 1:
      return [{ kind: 'list', items: sourceText(row.item) }]
    case 2:
      return trendBlocks(ctx, row, options)
    case 3:
      return [debtBlock(row)]
    case 4:
      return changeBlocks(ctx, row)
    default:
      return entityBlocks(ctx, row, options, tab - FIRST_ENTITY_TAB)
  }
}

function configurationBlock({ metric, texts }: MetricRow): Block {
  return {
    kind: 'facts',
    columns: 2,
    items: [
      { label: 'Kind of metric', value: metric.type.name },
      { label: 'Scale', value: metric.scale },
      { label: 'Direction', value: metric.direction === '<' ? 'Less is better' : 'More is better' },
      { label: 'Unit', value: metric.unit },
      { label: 'Target', value: texts.target || 'none' },
      { label: 'Near target', value: metric.nearTarget ?? 'none' },
      { label: 'Tags', value: texts.tags || 'none' },
      { label: 'Comment', value: texts.comment || 'none' },
    ],
  }
}

function debtBlock({ metric, texts }: MetricRow): Block {
  return {
    kind: 'facts',
    columns: 2,
    items: [
      { label: 'Technical debt accepted', value: metric.acceptDebt ? 'Yes' : 'No' },
      { label: 'Technical debt target', value: metric.debtTarget ?? 'none' },
      { label: 'Technical debt end date', value: metric.debtEndDate?.slice(0, 10) ?? 'none' },
      { label: 'Issues', value: texts.issues || 'none' },
    ],
  }
}

async function trendBlocks(
  ctx: Context,
  { item, metric }: MetricRow,
  options: PdfOptions,
): Promise<readonly Block[]> {
  const to = options.at ?? ctx.now()
  const from = new Date(to.getTime() - TREND_DAYS * DAY_MS)
  const found = await findTrendPoints(readingDatabase(ctx), [item.id], { from, to })
  const points = found.flatMap(({ start, end, scales }) => {
    const text = scales[metric.scale]?.value ?? null
    const value = text === null || !Number.isFinite(Number(text)) ? null : Number(text)
    return [[start.getTime(), value] as const, [Math.min(end.getTime(), to.getTime()), value] as const]
  })
  if (metric.scale === 'version_number' || !points.some(([, value]) => value !== null))
    return [{ kind: 'text', text: 'There is no trend to draw.' }]
  const target = Number(metric.target ?? 'none')
  return [
    {
      kind: 'chart',
      caption: `Trend of ${metric.name}`,
      heightMm: 45,
      chart: {
        zone: ctx.zone,
        locale: options.language,
        from,
        to,
        unit: metric.unit,
        series: [{ name: metric.name, drawAs: 'step', points }],
        ...(Number.isFinite(target)
          ? { limits: [{ value: target, label: 'Target', kind: 'centre' as const }] }
          : {}),
      },
    },
  ]
}

async function changeBlocks(ctx: Context, { item }: MetricRow): Promise<readonly Block[]> {
  const changes = await findChangesOfItem(ctx, item.id, { limit: MOST_CHANGES })
  if (changes.length === 0) return [{ kind: 'text', text: 'Nothing was changed.' }]
  return [{ kind: 'list', items: changes.map(({ description }) => plainText(description)) }]
}

async function entityBlocks(
  ctx: Context,
  { item, metric, state }: MetricRow,
  options: PdfOptions,
  place: number,
): Promise<readonly Block[]> {
  const source = item.sources[place]
  if (!source || !state?.latest) return []
  const { sources } = await withEntities(readingDatabase(ctx), state.latest)
  const reading = sources.find(({ sourceId }) => sourceId === source.id)
  const type = findEntityType(textOf(source.attributes, 'type') ?? '', metric.typeKey)
  if (!reading || !type) return []
  const now = options.at ?? ctx.now()
  const ignored = (entity: Entity) => isIgnored(ownJudgement(reading.judgements, entity.key), now, ctx.zone)
  const hidesIgnored = options.hideIgnoredEntities.has(item.id)
  const entities = reading.entities.filter((entity) => !hidesIgnored || !ignored(entity))
  return [
    {
      kind: 'table',
      caption: nameOfSource(source.attributes),
      columns: [
        ...type.attributes.filter(({ visible }) => visible).map(({ name }) => ({ title: name })),
        { title: 'Status' },
      ],
      rows: sortEntities(entities, item.id, options).map((entity) =>
        entityRow(entity, type, reading, ignored(entity)),
      ),
      whenEmpty: `There are no ${type.namePlural}.`,
    },
  ]
}

const LONGEST_CELL = 300

function entityRow(
  entity: Entity,
  { attributes }: EntityType,
  reading: SourceReading,
  isStruck: boolean,
): Row {
  const judgement = ownJudgement(reading.judgements, entity.key)
  const cells = attributes
    .filter(({ visible }) => visible)
    .map(({ key, url }) => {
      const text = String(entity[key] ?? '').slice(0, LONGEST_CELL)
      const link = url === undefined ? undefined : entity[url]
      return [{ text, ...(isStruck ? { strike: true } : {}), ...(link ? { link } : {}) }]
    })
  const note = plainText(judgement?.rationale ?? '')
  return {
    cells: [...cells, (judgement?.status ?? 'unconfirmed').replaceAll('_', ' ')],
    ...(note ? { note } : {}),
  }
}

function sortEntities(entities: readonly Entity[], id: string, options: PdfOptions): readonly Entity[] {
  const column = options.entitySort.get(id)
  if (column === undefined) return entities
  const sign = options.entityDescending.has(id) ? -1 : 1
  return entities.toSorted(
    (a, b) => sign * String(a[column] ?? '').localeCompare(String(b[column] ?? ''), 'en', { numeric: true }),
  )
}
