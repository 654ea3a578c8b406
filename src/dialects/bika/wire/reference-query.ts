/** What a reference field asks for: conditions of a catalog, each with the values that fulfil it. */
export type ReferenceQuery = ReadonlyMap<string, readonly string[]>

const UID = /^[0-9a-f]{32}$/

/**
 * Reads `portal_type:Contact|getFullname:Rita Mohale`. A part without a colon is an id, 32 hexadecimal digits alone a UID;
 * without pipes, commas that stand before another `name:` separate as well. `\|` and `\,` stand for themselves.
 *
 * @see specification 1.5
 */
export function parseReferenceQuery(text: string): ReferenceQuery {
  const trimmed = text.trim()
  if (UID.test(trimmed)) return new Map([['UID', [trimmed]]])
  const found = new Map<string, string[]>()
  for (const part of splitParts(trimmed)) {
    const colon = part.indexOf(':')
    const [index, value] = colon < 0 ? ['id', part] : [part.slice(0, colon).trim(), part.slice(colon + 1)]
    const plain = value.replace(/\\([|,])/g, '$1')
    found.set(index, [...(found.get(index) ?? []), plain])
  }
  return found
}

function splitParts(text: string): readonly string[] {
  const pipes = text.split(/(?<!\\)\|/)
  if (pipes.length > 1) return pipes
  return /^\w+:[^:]*(,\w+:)/.test(text) ? text.split(/(?<!\\),(?=\s*\w+:)/) : [text]
}
