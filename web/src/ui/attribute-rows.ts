/** One tagged value; those of an item follow their sequence, one deeper. */
export interface AttributeRow {
  readonly tag: string
  readonly keyword: string
  readonly name: string
  readonly vr: string
  readonly value: string
  readonly depth: number
  /** Place of its item, from 1; null at the top. */
  readonly item: number | null
}

/** A row with its place among all rows, by which it is known. */
export interface PlacedRow {
  readonly row: AttributeRow
  readonly place: number
}

export interface AttributeFilter {
  readonly text: string
  readonly kind: 'all' | 'standard' | 'private'
  /** Places of the sequences that are open. */
  readonly open: ReadonlySet<number>
}

/** Whether rows follow that belong to this one. */
export function hasInner(rows: readonly AttributeRow[], place: number): boolean {
  return (rows[place + 1]?.depth ?? 0) > (rows[place]?.depth ?? 0)
}

/**
 * The rows to show: without a search those whose sequences are all open, with one those that match, below the
 * sequences that hold them. The words of the search must all be found, in whatever part of a row.
 */
export function visibleRows(
  rows: readonly AttributeRow[],
  { text, kind, open }: AttributeFilter,
): readonly PlacedRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const placed = rows.map((row, place) => ({ row, place }))
  const ofKind = (row: AttributeRow): boolean => kind === 'all' || isPrivate(row) === (kind === 'private')
  if (words.length === 0)
    return placed.filter(shownBy(open)).filter(({ row }) => row.depth > 0 || ofKind(row))
  const wanted = new Set<number>()
  const path: number[] = []
  for (const { row, place } of placed) {
    path.length = row.depth
    if (ofKind(row) && matches(row, words)) for (const one of [...path, place]) wanted.add(one)
    path[row.depth] = place
  }
  return placed.filter(({ place }) => wanted.has(place))
}

/** Rows are passed over from a closed sequence to the next row that is not deeper. */
function shownBy(open: ReadonlySet<number>): (one: PlacedRow) => boolean {
  let closedAt = Number.POSITIVE_INFINITY
  return ({ row, place }) => {
    if (row.depth > closedAt) return false
    closedAt = row.vr === 'SQ' && !open.has(place) ? row.depth : Number.POSITIVE_INFINITY
    return true
  }
}

function matches({ tag, keyword, name, vr, value }: AttributeRow, words: readonly string[]): boolean {
  const text = `${tag} ${tag.replaceAll(/[(),]/g, '')} ${keyword} ${name} ${vr} ${value}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** Odd groups are private. */
function isPrivate({ tag }: AttributeRow): boolean {
  return Number.parseInt(tag.slice(4, 5), 16) % 2 === 1
}
