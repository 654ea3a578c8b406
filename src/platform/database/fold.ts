/**
 * Folds case over the whole of Unicode, for comparisons that ignore it. Stored in `<column>_folded` columns, so a
 * change here needs a migration that recomputes them.
 *
 * Upper case expands what has no single lower-case partner (ß and ss, ﬁ and fi); the capital ẞ has to become ß
 * before. The final sigma is written like any other, or a word would not match the beginning of a longer one.
 */
export function fold(text: string): string {
  const lower = text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase()
  return lower.replaceAll('ς', 'σ').normalize('NFC')
}
