import { type Context, requirePermission } from '../../context.ts'
import { type FieldProblem, invalidInput, RefusedError } from '../../core/refusal.ts'
import { DEFINED_TERMS } from './domain/defined-terms.data.ts'
import { type DictionaryEntry, findKeyword, listEntries } from './domain/dictionary.ts'
import { parseFormField } from './domain/parse-form-field.ts'
import { isLeftToThePicture } from './domain/secondary-capture.ts'
import { formatTag } from './domain/tag.ts'
import { allowsSeveral } from './domain/value-multiplicity.ts'
import { isBulkVr, isVr } from './domain/vr.ts'
import { DICOM_ACCESS } from './permissions.ts'

/** A field that a form for a new DICOM file may have. */
export type FormField = {
  readonly keyword: string
  readonly name: string
  /** `(0010,0010)` */
  readonly tag: string
  readonly vr: string
  readonly vm: string
  readonly several: boolean
  readonly retired: boolean
  /** terms that the standard defines; empty where any text of the VR goes */
  readonly terms: readonly { readonly value: string; readonly meaning: string }[]
}

/** Fields whose name, keyword or tag holds all words, the best first; retired ones come last. */
export function searchFormFields(
  ctx: Context,
  { words, limit }: { readonly words: string; readonly limit: number },
): { readonly items: readonly FormField[]; readonly total: number } {
  requirePermission(ctx, DICOM_ACCESS)
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = formEntries().filter((entry) => {
    const text = `${entry.name} ${entry.keyword} ${formatTag(entry.tag)}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
  const begin = wanted.join(' ')
  const rank = (entry: DictionaryEntry): number =>
    Number(entry.retired) * 2 + Number(!entry.name.toLowerCase().startsWith(begin))
  const ordered = found.toSorted((a, b) => rank(a) - rank(b) || a.tag - b.tag)
  return { items: ordered.slice(0, limit).map(present), total: found.length }
}

/** The fields of these keywords, in their order; what is none of a form is left out. */
export function getFormFields(ctx: Context, keywords: readonly string[]): readonly FormField[] {
  requirePermission(ctx, DICOM_ACCESS)
  return keywords.flatMap((keyword) => {
    const entry = findKeyword(keyword)
    return entry && isOfForm(entry) ? [present(entry)] : []
  })
}

let ofForm: readonly DictionaryEntry[] | undefined

function formEntries(): readonly DictionaryEntry[] {
  ofForm ??= listEntries().filter(isOfForm)
  return ofForm
}

/** Sequences and bytes have no field to type into, and the picture describes itself. */
function isOfForm({ tag, vr, keyword }: DictionaryEntry): boolean {
  const first = vr.slice(0, 2)
  return keyword !== '' && isVr(first) && first !== 'SQ' && !isBulkVr(first) && !isLeftToThePicture(tag)
}

function present({ keyword, name, tag, vr, vm, retired }: DictionaryEntry): FormField {
  const terms = Object.entries(DEFINED_TERMS[keyword] ?? {}).map(([value, meaning]) => ({ value, meaning }))
  return {
    ...{ keyword, name, vm, retired, terms },
    tag: formatTag(tag),
    vr: vr.slice(0, 2),
    several: allowsSeveral(vm),
  }
}

/** What is wrong with the values of a form, by the rules with which a file is made; blank ones are left out. */
export function checkFormFields(
  ctx: Context,
  fields: ReadonlyMap<string, readonly string[]>,
): readonly FieldProblem[] {
  requirePermission(ctx, DICOM_ACCESS)
  return [...fields].flatMap(([keyword, values]) => problemsOfField(keyword, values))
}

function problemsOfField(keyword: string, values: readonly string[]): readonly FieldProblem[] {
  const entry = findKeyword(keyword)
  if (!entry || !isOfForm(entry)) return [{ field: keyword, problem: 'This is no field of a form.' }]
  try {
    parseFormField(entry, values)
    return []
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    return error.refusal.problems
  }
}

/** Values by keyword as JSON sends them. @throws RefusedError `invalid-input` */
export function parseFieldValues(given: unknown): ReadonlyMap<string, readonly string[]> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalidInput('fields', 'This must be an object of values by keyword.')
  return new Map(
    Object.entries(given).map(([keyword, value]) => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value]
      const texts = values.filter((one) => typeof one === 'string')
      if (texts.length === 0 || texts.length < values.length)
        throw invalidInput(keyword, 'This must be text, or a list of texts.')
      return [keyword, texts]
    }),
  )
}
