import type { Context } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { applyChanges, changed, type ItemChange, withAttributes } from './apply-changes.ts'
import {
  checkValue,
  METRIC_RULES,
  REPORT_RULES,
  SOURCE_RULES,
  SUBJECT_RULES,
  type ValueRules,
} from './attribute-values.ts'
import { requireEditor } from './author.ts'
import { findMetricType, findSourceType, findSubjectType } from './domain/catalogue/catalogue.ts'
import type { Measurement } from './domain/measurement.ts'
import { withNewType } from './domain/metric.ts'
import { newSource } from './domain/new-source.ts'
import { canonical } from './domain/next-measurement.ts'
import { pythonText } from './domain/python-text.ts'
import { type Attributes, textOf } from './domain/report-tree.ts'
import { describePlace } from './item-names.ts'
import { measureMetricAgain } from './measure-again.ts'
import { atPlace, idsOf, type Place } from './place.ts'
import type { Quality } from './quality.ts'

export type EditedKind = 'report' | 'subject' | 'metric' | 'source'

export type AttributeEdit = {
  readonly kind: EditedKind
  readonly id: string
  readonly attribute: string
  readonly value: unknown
  /** what the editor saw; a different value that is stored meanwhile is a conflict. Absent for clients that do not say */
  readonly expected?: unknown
}

export type EditOutcome = {
  readonly hasChanged: boolean
  /** made because the change decides about the status */
  readonly measurement?: Measurement & { readonly id: number }
}

const RULES: Readonly<Record<EditedKind, ValueRules>> = {
  report: REPORT_RULES,
  subject: SUBJECT_RULES,
  metric: METRIC_RULES,
  source: SOURCE_RULES,
}

/** Attributes after whose change a metric is judged anew. */
const JUDGED: readonly string[] = [
  ...[
    'accept_debt',
    'debt_target',
    'debt_end_date',
    'direction',
    'evaluate_targets',
    'issue_ids',
    'near_target',
  ],
  ...['target', 'type', 'scale'],
]

/** Changes one attribute of an item. Changes of other attributes at the same time stand beside it. */
export async function changeAttribute(
  ctx: Context,
  quality: Quality,
  edit: AttributeEdit,
): Promise<EditOutcome> {
  await requireEditor(ctx, quality, 'edit_reports')
  const { kind, id, attribute } = edit
  const value = checkValue(RULES[kind], attribute, edit.value)
  return atPlace(ctx, kind, id, async (tx, place) => {
    const { item } = place
    const old = item.attributes[attribute] ?? null
    refuseConflict(edit, old, value)
    // the documented system stores attributes of reports also when they are the same
    if (canonical(old) === canonical(value) && kind !== 'report') return { hasChanged: false }
    const change = attributeChange(place, attribute, value)
    await applyChanges(tx, quality, factOf(place, kind, attribute, old, value), [change])
    if (kind !== 'metric' || !JUDGED.includes(attribute)) return { hasChanged: true }
    const measurement = await measureMetricAgain(tx, id)
    return { hasChanged: true, ...(measurement ? { measurement } : {}) }
  })
}

function refuseConflict({ attribute, expected }: AttributeEdit, stored: unknown, value: unknown): void {
  if (expected === undefined) return
  const current = canonical(stored)
  if (current === canonical(expected) || current === canonical(value)) return
  throw new RefusedError({
    kind: 'conflict',
    reason: 'Somebody else has changed this meanwhile.',
    field: attribute,
    current: { [attribute]: stored },
  })
}

function attributeChange({ item, metric }: Place, attribute: string, value: unknown): ItemChange {
  if (attribute !== 'type') return withAttributes(item, { [attribute]: value })
  return changed(item, { attributes: newKind(item.kind, item.attributes, String(value), metric?.attributes) })
}

/** An item that becomes one of another kind. @throws RefusedError `invalid-input` for a kind that there is not */
function newKind(
  kind: string,
  attributes: Attributes,
  type: string,
  metric: Attributes | undefined,
): Attributes {
  if (kind === 'metric' && findMetricType(type))
    return { ...kept(attributes), ...withNewType(attributes, type) }
  if (kind === 'subject' && findSubjectType(type)) return { ...attributes, type }
  if (kind === 'source' && findSourceType(type)) {
    return { ...attributes, ...newSource(type, metric ? (textOf(metric, 'type') ?? '') : '') }
  }
  throw invalidInput('type', `There is no type ${type}.`)
}

/** Where a metric came from stays with it, whatever it becomes. */
function kept({ copied_from, comment, issue_ids }: Attributes): Attributes {
  const entries = Object.entries({ copied_from, comment, issue_ids }).filter(
    ([, value]) => value !== undefined,
  )
  return Object.fromEntries(entries)
}

function factOf(place: Place, kind: EditedKind, attribute: string, old: unknown, value: unknown) {
  const change = attribute === 'layout' ? '' : ` from '${pythonText(old ?? '')}' to '${pythonText(value)}'`
  return {
    action: `change-${kind}`,
    itemId: place.item.id,
    text: ` changed the ${attribute} of ${describePlace(place)}${change}.`,
    around: idsOf(place),
    before: { [attribute]: old },
    after: { [attribute]: value },
    reportIds: [place.report.id],
  }
}
