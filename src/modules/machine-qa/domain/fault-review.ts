/** A group that reviews faults. */
export type ReviewingGroup = { readonly id: number; readonly groupId: number; readonly required: boolean }

/**
 * Whether a fault counts as reviewed: by anybody at all, and by every group without which it does not count.
 *
 * @param reviewedFor the review groups for which somebody reviewed; null for a review on nobody's behalf
 */
export function isFaultReviewed(
  groups: readonly ReviewingGroup[],
  reviewedFor: readonly (number | null)[],
): boolean {
  if (reviewedFor.length === 0) return false
  return groups.every(({ id, required }) => !required || reviewedFor.includes(id))
}

/**
 * The review groups for which somebody may review: those whose members they are; where there are no groups, nobody's.
 *
 * @returns undefined for somebody in none of the groups that there are
 */
export function reviewsFor(
  groups: readonly ReviewingGroup[],
  memberOf: readonly number[] | 'all',
): readonly (number | null)[] | undefined {
  if (groups.length === 0) return [null]
  const own = groups.filter(({ groupId }) => memberOf === 'all' || memberOf.includes(groupId))
  return own.length === 0 ? undefined : own.map(({ id }) => id)
}
