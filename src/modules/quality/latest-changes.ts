import type { Context } from '../../context.ts'
import { findChanges, findLatestChanges } from './store/changes.ts'

/** The change that made a report what it is. */
export type LatestChange = {
  readonly at: Date
  readonly description: string
  /** empty for whoever has not signed in */
  readonly email: string
  /** everything that it touched */
  readonly uuids: readonly string[]
}

/** The latest change of each report, or until an instant. The reports must be those that the actor may see. */
export async function latestChanges(
  ctx: Context,
  reportIds: readonly string[],
  at?: Date,
): Promise<ReadonlyMap<string, LatestChange>> {
  const latest = await findLatestChanges(ctx.db, reportIds, at)
  const changes = await findChanges(ctx.db, [...new Set(latest.values())])
  const isAnonymous = ctx.actor.kind === 'anonymous'
  return new Map(
    [...latest].flatMap(([reportId, id]) => {
      const change = changes.get(id)
      if (!change) return []
      const { authorEmail, description, itemIds } = change
      return [
        [
          reportId,
          { at: change.at, description, email: isAnonymous ? '' : authorEmail, uuids: itemIds },
        ] as const,
      ]
    }),
  )
}
