import type { Context } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { applyChanges, changed } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { describePlace } from './item-names.ts'
import { atPlace, idsOf } from './place.ts'
import type { Quality } from './quality.ts'
import { findChildren } from './store/items.ts'

/** A place among its like: in words, or counted from 0. */
export type NewPosition = 'first' | 'last' | 'previous' | 'next' | number

const WORDS = ['first', 'last', 'previous', 'next'] as const

export function parsePosition(value: unknown): NewPosition {
  const word = WORDS.find((each) => each === value)
  if (word !== undefined) return word
  if (typeof value === 'number' && Number.isInteger(value)) return value
  throw invalidInput('position', `This must be one of ${WORDS.join(', ')}.`)
}

/** Moves a subject, metric or source among its like. */
export async function movePosition(
  ctx: Context,
  quality: Quality,
  edit: {
    readonly kind: 'subject' | 'metric' | 'source'
    readonly id: string
    readonly position: NewPosition
  },
): Promise<void> {
  await requireEditor(ctx, quality, 'edit_reports')
  await atPlace(ctx, edit.kind, edit.id, async (tx, place) => {
    const { item } = place
    const like = (await findChildren(tx.db, item.parentId ?? '', item.reportId)).filter(
      ({ kind }) => kind === item.kind,
    )
    const from = like.findIndex(({ id }) => id === item.id)
    const to = indexOf(edit.position, from, like.length)
    if (to === from) return
    const reordered = like.toSpliced(from, 1).toSpliced(to, 0, item)
    // only what moved gets a new version, unless its neighbours stand too close together
    const between = middle(reordered[to - 1]?.position, reordered[to + 1]?.position)
    const changes =
      between === undefined
        ? reordered.map((each, index) => changed(each, { position: index + 1 }))
        : [changed(item, { position: between })]
    await applyChanges(
      tx,
      quality,
      {
        action: `move-${edit.kind}`,
        itemId: item.id,
        text: ` changed the position of ${describePlace(place)} from '${from}' to '${to}'.`,
        around: idsOf(place),
        before: { position: from },
        after: { position: to },
        reportIds: [place.report.id],
      },
      changes,
    )
  })
}

function indexOf(position: NewPosition, from: number, count: number): number {
  switch (position) {
    case 'first':
      return 0
    case 'last':
      return count - 1
    case 'previous':
      return Math.max(0, from - 1)
    case 'next':
      return Math.min(count - 1, from + 1)
    default:
      return Math.min(Math.max(0, position), count - 1)
  }
}

const CLOSEST = 1e-6

/** A number between two others; undefined where there is hardly any. */
function middle(before: number | undefined, after: number | undefined): number | undefined {
  if (before === undefined) return (after ?? 1) - 1
  if (after === undefined) return before + 1
  return after - before < CLOSEST ? undefined : (before + after) / 2
}
