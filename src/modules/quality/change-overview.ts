import { type Context, inTransaction } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { applyChanges, withAttributes } from './apply-changes.ts'
import {
  anyJson,
  checkValue,
  comment,
  texts,
  textValue,
  type ValueRule,
  type ValueRules,
} from './attribute-values.ts'
import { authorOf, requireEditor } from './author.ts'
import { canonical } from './domain/next-measurement.ts'
import { pythonText } from './domain/python-text.ts'
import { OVERVIEW_ID, objectOf, textsOf } from './domain/report-tree.ts'
import type { Quality } from './quality.ts'
import { findItem } from './store/items.ts'
import { lockReports } from './store/reports.ts'

const permissions: ValueRule = (name, value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidInput(name, 'This must be an object of lists.')
  const lists = objectOf(value)
  return Object.fromEntries(
    ['edit_reports', 'edit_entities'].flatMap((level) =>
      Object.hasOwn(lists, level) ? [[level, texts(level, lists[level])]] : [],
    ),
  )
}

const RULES: ValueRules = { title: textValue, subtitle: textValue, comment, layout: anyJson, permissions }

/** Changes one attribute of the overview of all reports. @returns whether it was another value */
export async function changeOverview(
  ctx: Context,
  quality: Quality,
  attribute: string,
  given: unknown,
): Promise<boolean> {
  await requireEditor(ctx, quality, 'edit_reports')
  const checked = checkValue(RULES, attribute, given)
  const value = attribute === 'permissions' ? await withActor(ctx, quality, checked) : checked
  return inTransaction(ctx, async (tx) => {
    await lockReports(tx.db, [OVERVIEW_ID])
    const overview = await findItem(tx.db, OVERVIEW_ID)
    if (!overview) throw new Error('the overview is made by a migration')
    const old = overview.attributes[attribute] ?? null
    if (canonical(old) === canonical(value)) return false
    const change = attribute === 'layout' ? '' : ` from '${pythonText(old ?? '')}' to '${pythonText(value)}'`
    await applyChanges(
      tx,
      quality,
      {
        action: 'change-overview',
        itemId: OVERVIEW_ID,
        text: ` changed the ${attribute} of the reports overview${change}.`,
        around: [OVERVIEW_ID],
        before: { [attribute]: old },
        after: { [attribute]: value },
        reportIds: [OVERVIEW_ID],
      },
      [withAttributes(overview, { [attribute]: value })],
    )
    return true
  })
}

/** Nobody takes the right to edit from themselves by accident. */
async function withActor(ctx: Context, quality: Quality, value: unknown): Promise<unknown> {
  const lists = objectOf(value)
  const editors = textsOf(lists, 'edit_reports')
  if (editors.length === 0 || ctx.actor.kind !== 'user') return value
  const { email } = await authorOf(ctx, quality)
  const { username } = ctx.actor
  const isNamed = editors.includes(username) || (email !== '' && editors.includes(email))
  return isNamed ? value : { ...lists, edit_reports: [...editors, username] }
}
