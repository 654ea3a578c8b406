import { type DataSet, shortValueBytes } from './data-set.ts'
import { SAFE_PRIVATE } from './safe-private.data.ts'
import { isPrivateCreatorTag, type Tag } from './tag.ts'

let table: ReadonlySet<string> | undefined

/** Groups are part of the key: the same creator may own blocks in several. */
function readTable(): ReadonlySet<string> {
  return new Set(
    SAFE_PRIVATE.flatMap(([group, creator, elements]) =>
      elements.split(' ').flatMap((range) => {
        const [first = '', last = first] = range.split('-')
        const from = Number.parseInt(first, 16)
        return Array.from({ length: Number.parseInt(last, 16) - from + 1 }, (_, index) =>
          safeKey((Number.parseInt(group, 16) << 16) | (from + index), creator),
        )
      }),
    ),
  )
}

/** The creator that reserved the block of a private element in its data set (PS3.5 section 7.8.1). */
export function privateCreator({ elements }: DataSet, tag: Tag): string | undefined {
  const block = (tag >>> 8) & 0xff
  const element = elements.get(((tag & 0xffff0000) | block) >>> 0)
  return (
    element &&
    shortValueBytes(element)
      .toString('latin1')
      .replace(/[\0 ]+$/, '')
      .trimStart()
  )
}

function safeKey(tag: Tag, creator: string): string {
  const hex = (tag >>> 0).toString(16).padStart(8, '0')
  return `${hex.slice(0, 4)} ${hex.slice(6)} ${creator}`
}

/** Whether a private element is on the list, or is the creator of a block with an element that is. */
export function isSafePrivate(dataSet: DataSet, tag: Tag): boolean {
  if (!isPrivateCreatorTag(tag)) {
    const creator = privateCreator(dataSet, tag)
    table ??= readTable()
    return creator !== undefined && table.has(safeKey(tag, creator))
  }
  const begin = ((tag & 0xffff0000) | ((tag & 0xff) << 8)) >>> 0
  return [...dataSet.elements.keys()].some(
    (other) => other >= begin && other <= begin + 0xff && isSafePrivate(dataSet, other),
  )
}
