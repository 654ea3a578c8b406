/**
 * Folds case over the whole of Unicode, for comparisons that ignore it. Stored in `<column>_folded` columns, so a
 * change here needs a migration that recomputes them.
 *
 * The upper case comes first because it expands what has no single lower-case partner (ß and ss, ﬁ and fi). The
 * final sigma is written like any other, or a word would not match the beginning of a longer one.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
