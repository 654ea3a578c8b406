/**
 * JSON numbers as they stood in a body, where JavaScript would write them otherwise: `1.0`, `2.50`, whole numbers
 * beyond 2^53. Clients tell `1` from `1.0`, and people who type `2.50` mean the nought.
 */
export type NumberTexts = {
  /** the number at `key` of an object or array of the body */
  textOf(holder: object, key: string): string | undefined
}

/** For bodies whose numbers are not worth remembering. */
export const NO_NUMBER_TEXTS: NumberTexts = { textOf: () => undefined }

/** Reads JSON and remembers such numbers. @throws SyntaxError */
export function parseWithNumberTexts(json: string): {
  readonly value: unknown
  readonly numberTexts: NumberTexts
} {
  const byHolder = new WeakMap<object, Map<string, string>>()
  function remember(this: object, key: string, value: unknown, context?: { readonly source?: string }) {
    const source = context?.source
    if (typeof value === 'number' && source !== undefined && source !== String(value)) {
      const texts = byHolder.get(this) ?? new Map<string, string>()
      byHolder.set(this, texts.set(key, source))
    }
    return value
  }
  const value: unknown = JSON.parse(json, remember)
  return { value, numberTexts: { textOf: (holder, key) => byHolder.get(holder)?.get(key) } }
}
