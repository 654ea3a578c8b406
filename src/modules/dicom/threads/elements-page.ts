import { type ElementRow, elementRows } from '../domain/element-rows.ts'
import type { DicomFile } from '../domain/parse-file.ts'

export type ElementsPage = {
  readonly items: readonly ElementRow[]
  readonly total: number
  readonly limit: number
  readonly offset: number
}

/** Elements that are looked through; what comes behind them is not found. */
const MOST_ROWS = 500_000

const MOST_CHARACTERS = 1000

/** The elements of a file whose tag, keyword, name or value has a text in it, ignoring case. */
export function elementsPage(
  { meta, dataSet }: DicomFile,
  { text, limit, offset }: { readonly text: string; readonly limit: number; readonly offset: number },
): ElementsPage {
  const sought = text.trim().toLowerCase()
  const items: ElementRow[] = []
  let total = 0
  for (const level of [meta, dataSet]) {
    for (const row of elementRows(level, { rows: MOST_ROWS, characters: MOST_CHARACTERS })) {
      if (sought !== '' && !matches(row, sought)) continue
      if (total >= offset && items.length < limit) items.push(row)
      total += 1
    }
  }
  return { items, total, limit, offset }
}

function matches({ tag, keyword, name, value }: ElementRow, sought: string): boolean {
  const plainTag = tag.replaceAll(/[(),]/g, '')
  return [tag, plainTag, keyword, name, value].some((part) => part.toLowerCase().includes(sought))
}
