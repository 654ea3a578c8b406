/** Letters that lose more than an accent when written in ASCII. */
const ASCII: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  đ: 'd',
  ł: 'l',
  þ: 'th',
  ð: 'd',
}

/**
 * A short name for addresses: lower-case ASCII letters, digits, `_` and single hyphens, cut to `maxLength`.
 * Text without any such character gives `''`.
 */
export function slugify(text: string, maxLength: number): string {
  return text
    .toLowerCase()
    .replace(/[ßæøœđłþð]/g, (letter) => ASCII[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9_\s-]/g, '')
    .trim()
    .replace(/[\s-]+/g, '-')
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, '')
}
