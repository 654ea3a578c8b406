/** What a test pack brings, and what becomes of it. */
export type WirePackImport = {
  readonly pack: {
    readonly name: string
    readonly description: string
    readonly contact: string
    readonly version: string
    readonly chosen: {
      readonly tests: readonly string[]
      readonly lists: readonly string[]
      readonly cycles: readonly string[]
    }
  }
  readonly items: readonly WirePackItem[]
}

export type WirePackItem = {
  readonly kind: 'category' | 'test' | 'list' | 'cycle'
  /** its name in the pack, or its slug */
  readonly key: string
  readonly name: string
  readonly action: 'create' | 'rename' | 'match'
  readonly newName: string
  readonly newSlug: string
  readonly existingId: number | null
  /** of what was made or used; null in a preview */
  readonly id: number | null
  /** parts of its instructions that are not shown here */
  readonly removed: readonly string[]
}
