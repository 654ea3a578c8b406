/** Words shorter than this are in every text and are no identity. */
const SHORTEST_WORD = 3

const REMOVED = 'REMOVED'

/** Dates, times of day with dates, long numbers, e-mail and web addresses. */
const TELLING =
  /\b(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{5,})\b|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?:\/\/\S+/gu

/** The words of names, numbers and places that must not be found in free text. */
export function identifyingWords(values: readonly string[]): ReadonlySet<string> {
  return new Set(
    values
      .flatMap((value) => value.toLowerCase().split(/[^\p{L}\p{N}]+/u))
      .filter((word) => word.length >= SHORTEST_WORD),
  )
}

/** Free text with everything replaced that is in `words` or looks like a date, number or address of a person. */
export function cleanText(text: string, words: ReadonlySet<string>): string {
  return text
    .replace(TELLING, REMOVED)
    .replace(/[\p{L}\p{N}]+/gu, (word) => (words.has(word.toLowerCase()) ? REMOVED : word))
}
