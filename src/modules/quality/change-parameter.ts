import { type Context, inTransaction } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { applyChanges, withAttributes } from './apply-changes.ts'
import { texts, textValue } from './attribute-values.ts'
import { requireEditor } from './author.ts'
import { choicesOf, findSourceType, isSecretParameter, parametersFor } from './domain/catalogue/catalogue.ts'
import type { Parameter } from './domain/catalogue/parameter.ts'
import { canonical } from './domain/next-measurement.ts'
import { pythonText } from './domain/python-text.ts'
import { objectOf, textOf } from './domain/report-tree.ts'
import { describePlace, nameOf } from './item-names.ts'
import { findPlace, idsOf, type Place } from './place.ts'
import type { Quality } from './quality.ts'
import { CREDENTIAL_MASK, openValue, sealValue } from './sealed-parameters.ts'
import { findItems, findItemsOfReports, type StoredItem } from './store/items.ts'
import { lockReports } from './store/reports.ts'
import { visibleReports } from './visible-reports.ts'

/** How far a change reaches: sources of the same type whose value was the same. */
export const EDIT_SCOPES = ['source', 'metric', 'subject', 'report', 'reports'] as const
export type EditScope = (typeof EDIT_SCOPES)[number]

export type ParameterEdit = {
  readonly sourceId: string
  readonly key: string
  readonly value: unknown
  readonly scope: EditScope
}

/** How many sources were changed, and the source afterwards. */
export type ParameterOutcome = {
  readonly changedSources: number
  readonly source: StoredItem
  readonly hasChanged: boolean
}

/** Changes a parameter of a source, and of all those in the scope that have the same value. */
export async function changeParameter(
  ctx: Context,
  quality: Quality,
  edit: ParameterEdit,
): Promise<ParameterOutcome> {
  await requireEditor(ctx, quality, 'edit_reports')
  const { sourceId, key, scope } = edit
  return inTransaction(ctx, async (tx) => {
    const seen = await findPlace(tx, 'source', sourceId)
    const reportIds = scope === 'reports' ? (await visibleReports(tx)).map(({ id }) => id) : [seen.report.id]
    await lockReports(tx.db, reportIds)
    const place = await findPlace(tx, 'source', sourceId)
    const type = textOf(place.item.attributes, 'type') ?? ''
    const isSecret = isSecretParameter(type, key)
    const open = (item: StoredItem) =>
      openValue(quality.access.keys, objectOf(item.attributes.parameters)[key])
    const old = open(place.item)
    const value = checkParameter(type, key, edit.value)
    if (value === CREDENTIAL_MASK || isSameParameter(old, value))
      return { changedSources: 0, source: place.item, hasChanged: false }

    const items = scope === 'source' ? [place.item] : await findItemsOfReports(tx.db, reportIds)
    const metrics = new Map(
      [...items, ...(place.metric ? [place.metric] : [])].map((item) => [item.id, item]),
    )
    const inScope = itemsInScope(place, items, scope).filter(
      (item) =>
        item.attributes.type === type &&
        usesParameter(item, key, metrics.get(item.parentId ?? '')) &&
        isSameParameter(open(item), old),
    )
    const stored = isSecret ? sealValue(quality.access.keys, value) : value
    const shown = (each: unknown) =>
      isSecret ? '*'.repeat(pythonText(each ?? '').length) : pythonText(each ?? '')
    const paths = pathsOf(inScope, items)
    const fact = {
      action: 'change-source',
      itemId: sourceId,
      text: ` changed the ${key} of ${describeScope(place, type, key, shown(old), scope)} from '${shown(old)}' to '${shown(value)}'.`,
      around: [...idsOf(place), ...paths],
      before: { [key]: shown(old) },
      after: { [key]: shown(value), sources: inScope.length },
      reportIds: inScope.map(({ reportId }) => reportId),
    }
    const changes = inScope.map((item) =>
      withAttributes(item, { parameters: { ...objectOf(item.attributes.parameters), [key]: stored } }),
    )
    await applyChanges(tx, quality, fact, changes)
    const [source = place.item] = await findItems(tx.db, [sourceId])
    return { changedSources: scope === 'source' ? 0 : inScope.length, source, hasChanged: true }
  })
}

/** Whether the metric of a source reads the parameter; a file may have left it out. */
function usesParameter({ attributes }: StoredItem, key: string, metric: StoredItem | undefined): boolean {
  if (Object.hasOwn(objectOf(attributes.parameters), key)) return true
  const [type, metricType] = [
    textOf(attributes, 'type') ?? '',
    textOf(metric?.attributes ?? {}, 'type') ?? '',
  ]
  return Object.hasOwn(parametersFor(type, metricType), key)
}

/** Nothing, null, an empty text and an empty list are the same: no value. */
export function isSameParameter(a: unknown, b: unknown): boolean {
  const text = (value: unknown) => (isNothing(value) ? '' : canonical(value))
  return text(a) === text(b)
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** A value as it is stored; choices that the catalogue does not have are left out. @throws RefusedError `invalid-input` */
export function checkParameter(type: string, key: string, value: unknown): unknown {
  const parameter = findSourceType(type)?.parameters[key]
  if (!parameter) return Array.isArray(value) ? texts(key, value) : textValue(key, value ?? '')
  if (value === CREDENTIAL_MASK) return value
  const choices = choicesOf(parameter)
  if (!parameter.kind.startsWith('multiple')) return checkText(parameter, choices, key, value)
  const list = texts(key, value ?? [])
  return choices && Array.isArray(list) ? list.filter((each) => choices.includes(each)) : list
}

function checkText(
  { kind }: Parameter,
  choices: readonly string[] | undefined,
  key: string,
  value: unknown,
): string {
  const text = value === null ? '' : textValue(key, value)
  if (kind === 'single_choice' && choices && !choices.includes(text))
    throw invalidInput(key, `This must be one of ${choices.join(', ')}.`)
  if (kind === 'integer' && text !== '' && !/^-?\d+$/.test(text))
    throw invalidInput(key, 'This must be a whole number.')
  return text
}

function itemsInScope(place: Place, items: readonly StoredItem[], scope: EditScope): readonly StoredItem[] {
  const sources = items.filter(({ kind }) => kind === 'source')
  switch (scope) {
    case 'source':
      return [place.item]
    case 'metric':
      return sources.filter(({ parentId }) => parentId === place.metric?.id)
    case 'subject': {
      const metrics = new Set(
        items.filter(({ parentId }) => parentId === place.subject?.id).map(({ id }) => id),
      )
      return sources.filter(({ parentId }) => parentId !== null && metrics.has(parentId))
    }
    case 'report':
    case 'reports':
      return sources
  }
}

/** What changed sources are in: the changelogs of their metrics, subjects and reports show the change too. */
function pathsOf(changed: readonly StoredItem[], items: readonly StoredItem[]): readonly string[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  const above = (id: string | null): string[] =>
    id === null ? [] : [id, ...above(byId.get(id)?.parentId ?? null)]
  return changed.flatMap(({ parentId, reportId }) => [...above(parentId), reportId])
}

function describeScope(place: Place, type: string, key: string, old: string, scope: EditScope): string {
  if (scope === 'source') return describePlace(place)
  const all = `all sources of type '${findSourceType(type)?.name ?? type}' with ${key} '${old}'`
  const ofMetric = ` of metric '${place.metric ? nameOf(place.metric) : ''}'`
  const ofSubject = ` of subject '${place.subject ? nameOf(place.subject) : ''}'`
  const inReport = ` in report '${nameOf(place.report)}'`
  switch (scope) {
    case 'metric':
      return `${all}${ofMetric}${ofSubject}${inReport}`
    case 'subject':
      return `${all}${ofSubject}${inReport}`
    case 'report':
      return `${all}${inReport}`
    case 'reports':
      return `${all} in all reports`
  }
}
