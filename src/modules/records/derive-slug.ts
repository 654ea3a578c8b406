import type { RecordHook } from '../../context.ts'
import { slugify } from '../../core/slug.ts'

/** Fills an empty `slug` from the `name`. */
export function slugHook(maxLength: number): RecordHook {
  return { beforeSave: async (_tx, values, before) => deriveSlug(values, before, maxLength) }
}

/** The values with a slug, where they or the record before give none; a name without any usable letter gives `item`. */
export function deriveSlug(
  values: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>> | undefined,
  maxLength: number,
): Record<string, unknown> {
  const slug = values.slug ?? before?.slug
  const name = values.name ?? before?.name
  if (typeof slug === 'string' && slug !== '') return { ...values }
  return { ...values, slug: slugify(String(name), maxLength) || 'item' }
}
