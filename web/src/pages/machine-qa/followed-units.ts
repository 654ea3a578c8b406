import type { FollowedThing } from '../../api/followed.ts'

const UNIT_PATH = /\/machine-qa\/units\/(\d+)$/

/** The units that somebody follows: those chosen, or, where nothing was chosen, those that the start page shows. */
export function followedIds(
  preference: unknown,
  shown: readonly Pick<FollowedThing, 'path'>[],
): readonly number[] {
  if (Array.isArray(preference)) return preference.filter((id): id is number => Number.isSafeInteger(id))
  return shown.flatMap(({ path }) => {
    const id = Number(UNIT_PATH.exec(path)?.[1])
    return Number.isInteger(id) ? [id] : []
  })
}

/** With the unit at the end, or without it. */
export function toggled(ids: readonly number[], id: number): readonly number[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
}
