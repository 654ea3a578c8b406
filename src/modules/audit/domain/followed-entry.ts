/** What a follower is told of an entry. */
export type FollowedEntry = {
  readonly position: number
  readonly action: string
  readonly recordId: string
  readonly at: Date
  readonly actorId: number | null
}
