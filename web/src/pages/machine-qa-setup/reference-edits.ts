import type { WireReferenceSettings } from '../../../../src/dialects/native/machine-qa/configuration.schema.ts'
import type { FieldProblem } from '../../api/api-error.ts'
import { parseNumberText } from '../../ui/number-text.ts'
import { type ComparedTest, referenceEntry } from './unit-references.ts'

/** What somebody typed for one test: the reference as text (`1` or `0` for yes or no), the tolerance by id. */
export interface ReferenceEdit {
  readonly value: string
  readonly toleranceId: number | null
}

export type ReferenceEdits = ReadonlyMap<number, ReferenceEdit>

/** The form of a test as it is stored. */
export function editOf({ reference, tolerance }: ComparedTest): ReferenceEdit {
  return { value: reference === null ? '' : String(reference), toleranceId: tolerance?.id ?? null }
}

export interface RowProblems {
  readonly value?: string
  readonly toleranceId?: string
}

export type EditProblems = ReadonlyMap<number, RowProblems>

type Setting = WireReferenceSettings['settings'][number]

/** The changed tests as the server wants them, and what is no number. */
export function settingsOf(
  tests: readonly ComparedTest[],
  edits: ReferenceEdits,
): { readonly settings: readonly Setting[]; readonly problems: EditProblems } {
  const settings: Setting[] = []
  const problems = new Map<number, RowProblems>()
  for (const test of tests) {
    const edit = edits.get(test.infoId)
    if (edit === undefined) continue
    const parsed = parseNumberText(edit.value)
    if (parsed.kind === 'invalid') problems.set(test.infoId, { value: 'This is not a number.' })
    const value = parsed.kind === 'number' ? parsed.value : null
    const isSame = value === test.reference && edit.toleranceId === (test.tolerance?.id ?? null)
    if (isSame) continue
    const hasReference = referenceEntry(test.type) !== 'none'
    settings.push({
      unitTestInfoId: test.infoId,
      toleranceId: edit.toleranceId,
      ...(hasReference ? { value } : {}),
    })
  }
  return { settings, problems }
}

/** The server's problems by test: `3.value` belongs to the fourth setting. */
export function problemsByTest(
  problems: readonly FieldProblem[],
  settings: readonly Setting[],
): { readonly byTest: EditProblems; readonly others: readonly FieldProblem[] } {
  const byTest = new Map<number, RowProblems>()
  const others: FieldProblem[] = []
  for (const each of problems) {
    const found = /^(\d+)\.(value|toleranceId)$/.exec(each.field)
    const setting = found ? settings[Number(found[1])] : undefined
    if (found === null || setting === undefined) others.push(each)
    else {
      const known = byTest.get(setting.unitTestInfoId)
      byTest.set(setting.unitTestInfoId, { ...known, [found[2] ?? '']: each.problem })
    }
  }
  return { byTest, others }
}
