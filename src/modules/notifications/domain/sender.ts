/** Reads `Touchstone <touchstone@lab.example>` or a bare address; undefined for anything else. */
export function parseSender(text: string): { readonly name?: string; readonly address: string } | undefined {
  const match = /^\s*(?:"?([^"<>]*?)"?\s*<([^\s<>]+@[^\s<>]+)>|([^\s<>]+@[^\s<>]+))\s*$/.exec(text)
  const address = match?.[2] ?? match?.[3]
  if (address === undefined) return undefined
  const name = match?.[1] ?? ''
  return name === '' ? { address } : { name, address }
}
