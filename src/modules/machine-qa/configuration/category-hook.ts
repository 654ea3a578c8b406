import type { RecordHook } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { deriveSlug } from '../../records/derive-slug.ts'
import { findAncestors } from '../store/categories.ts'

/** Keeps the categories a tree. */
export const categoryHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const { parent } = values
    if (before && typeof parent === 'number' && (await findAncestors(tx.db, parent)).includes(before.id)) {
      throw invalidInput('parent', 'A category cannot stand below itself.')
    }
    return deriveSlug(values, before, 255)
  },
}
