import type { RecordHook } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { slugify } from '../../../core/slug.ts'
import { findSlugsLike } from '../store/faults.ts'

const LONGEST_SLUG = 50

/** A fault has at least one type, and happened now unless somebody says when. */
export const faultHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const types = values.faultTypes
    if ((types !== undefined || !before) && !(Array.isArray(types) && types.length > 0))
      throw invalidInput('faultTypes', 'Name at least one type.')
    if (values.occurred === undefined || values.occurred === null)
      return { ...values, occurred: before?.occurred ?? tx.now() }
    return { ...values }
  },
}

/** The short name of a fault type follows from its code, and nobody else has it. */
export const faultTypeHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const code = typeof values.code === 'string' ? values.code.trim() : undefined
    if (code === undefined || code === before?.code) return { ...values }
    const base = slugify(code, LONGEST_SLUG - 6) || 'fault'
    const taken = new Set(await findSlugsLike(tx.db, base, before?.id))
    let slug = base
    for (let number = 1; taken.has(slug); number++) slug = `${base}-${number}`
    return { ...values, code, slug }
  },
}
