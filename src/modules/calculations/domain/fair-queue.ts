/** A queue in which parties take turns: one that asks for much waits behind its own requests, not others'. */
export type FairQueue<Item> = {
  readonly size: () => number
  readonly add: (party: string, item: Item) => void
  readonly takeNext: () => Item | undefined
  /** False when the item was not waiting. */
  readonly remove: (item: Item) => boolean
}

export function createFairQueue<Item>(): FairQueue<Item> {
  const lines = new Map<string, Item[]>()
  let size = 0
  return {
    size: () => size,
    add(party, item) {
      const line = lines.get(party)
      if (line) line.push(item)
      else lines.set(party, [item])
      size++
    },
    takeNext() {
      const [next] = lines
      if (next === undefined) return undefined
      const [party, line] = next
      const item = line.shift()
      lines.delete(party)
      if (line.length > 0) lines.set(party, line)
      size--
      return item
    },
    remove(item) {
      for (const [party, line] of lines) {
        const index = line.indexOf(item)
        if (index < 0) continue
        line.splice(index, 1)
        if (line.length === 0) lines.delete(party)
        size--
        return true
      }
      return false
    },
  }
}
