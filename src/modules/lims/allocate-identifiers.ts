import type { Context } from '../../context.ts'
import {
  formatIdentifier,
  type IdentifierParts,
  identifierKey,
  identifierPrefix,
  isNumbered,
} from './domain/identifier-format.ts'
import type { ObjectType } from './domain/object-types.ts'
import { limsSettings } from './lims-settings.ts'
import { findPathsOfType, setCounter, takeNumbers } from './store/counters.ts'

/**
 * Gives identifiers to new objects of one type, in their order and without a gap. In a transaction: the counter stays
 * locked until its end.
 *
 * @param ofEach what each identifier is made of besides its number
 */
export async function allocateIdentifiers(
  tx: Context,
  type: ObjectType,
  ofEach: readonly IdentifierParts[],
): Promise<readonly string[]> {
  const { idFormats } = await limsSettings(tx)
  const format = idFormats[type.type] ?? type.idFormat
  if (!isNumbered(format)) return ofEach.map((parts) => formatIdentifier(format, parts, 0))
  const groups = Map.groupBy(ofEach.keys(), (index) => identifierKey(type.type, format, ofEach[index] ?? {}))
  const ids: string[] = new Array(ofEach.length).fill('')
  // in the order of their names, so that two transactions never wait for each other
  for (const key of [...groups.keys()].sort()) {
    const indexes = groups.get(key) ?? []
    const parts = ofEach[indexes[0] ?? 0] ?? {}
    const first = await firstNumber(tx, type, key, identifierPrefix(format, parts), indexes.length)
    for (const [offset, index] of indexes.entries())
      ids[index] = formatIdentifier(format, ofEach[index] ?? {}, first + offset)
  }
  return ids
}

/** A counter that is new, or was emptied, continues after the highest identifier there is. */
async function firstNumber(
  tx: Context,
  type: ObjectType,
  key: string,
  prefix: string,
  count: number,
): Promise<number> {
  const last = await takeNumbers(tx.db, key, count)
  if (last !== count) return last - count + 1
  const highest = await highestNumber(tx, type, prefix)
  if (highest === 0) return 1
  await setCounter(tx.db, key, highest + count)
  return highest + 1
}

async function highestNumber(tx: Context, { type }: ObjectType, prefix: string): Promise<number> {
  const numbers = (await findPathsOfType(tx.db, type)).flatMap((path) => {
    const id = path.slice(path.lastIndexOf('/') + 1)
    const rest = id.startsWith(prefix) ? id.slice(prefix.length) : ''
    return /^\d{1,9}$/.test(rest) ? [Number(rest)] : []
  })
  return numbers.reduce((highest, number) => Math.max(highest, number), 0)
}

/** Makes a counter stand past an identifier that an object brought along. */
export async function raiseCounter(
  tx: Context,
  type: ObjectType,
  parts: IdentifierParts,
  id: string,
): Promise<void> {
  const { idFormats } = await limsSettings(tx)
  const format = idFormats[type.type] ?? type.idFormat
  if (!isNumbered(format)) return
  const prefix = identifierPrefix(format, parts)
  const rest = id.startsWith(prefix) ? id.slice(prefix.length) : ''
  if (!/^\d{1,9}$/.test(rest)) return
  const key = identifierKey(type.type, format, parts)
  const last = await takeNumbers(tx.db, key, 0)
  if (last < Number(rest)) await setCounter(tx.db, key, Number(rest))
}
