const LONGEST_SLUG = 255

/** A name for addresses and file names: lower-case ASCII letters, digits, `_` and `-`; may be empty. */
export function slugify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e\s]/g, '')
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/[-\s]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, LONGEST_SLUG)
}

/** The slug itself, or with the first free number (`-1`, `-2`, …) where it is taken. */
export function uniqueSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug
  let number = 1
  while (taken.has(`${slug}-${number}`)) number += 1
  return `${slug}-${number}`
}
