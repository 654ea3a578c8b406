import type { Selectable } from 'kysely'
import type { HeldReference, HeldTolerance, QaTest } from '../domain/listed-test.ts'
import { splitChoices, type Tolerance } from '../domain/tolerance.ts'
import type { QaTables } from './tables.ts'

/** Columns of a test that performing needs. */
export const TEST_COLUMNS = [
  't.id as test_id',
  't.name as test_name',
  't.display_name as test_display_name',
  't.slug as test_slug',
  't.type as test_type',
  't.calculation_procedure as test_procedure',
  't.constant_value as test_constant',
  't.wrap_low as test_wrap_low',
  't.wrap_high as test_wrap_high',
  't.formatting as test_formatting',
  't.flag_when as test_flag_when',
  't.hidden as test_hidden',
  't.skip_without_comment as test_skip_without_comment',
  't.require_comment as test_require_comment',
  't.autoreviewruleset_id as test_rule_set_id',
] as const

type Test = Selectable<QaTables['qa_test']>

export type TestColumns = {
  readonly test_id: number
  readonly test_name: string
  readonly test_display_name: string
  readonly test_slug: string
  readonly test_type: Test['type']
  readonly test_procedure: string | null
  readonly test_constant: number | null
  readonly test_wrap_low: number | null
  readonly test_wrap_high: number | null
  readonly test_formatting: string
  readonly test_flag_when: Test['flag_when']
  readonly test_hidden: Test['hidden']
  readonly test_skip_without_comment: Test['hidden']
  readonly test_require_comment: Test['hidden']
  readonly test_rule_set_id: number | null
}

export function toTest(row: TestColumns): QaTest {
  return {
    id: row.test_id,
    name: row.test_name,
    macro: row.test_slug,
    type: row.test_type,
    procedure: row.test_procedure ?? '',
    constantValue: row.test_constant,
    wrapLow: row.test_wrap_low,
    wrapHigh: row.test_wrap_high,
    formatting: row.test_formatting,
    flagWhen: row.test_flag_when === null ? null : row.test_flag_when === 1,
    hidden: row.test_hidden === 1,
    skipWithoutComment: row.test_skip_without_comment === 1,
    requireComment: row.test_require_comment === 1,
    ruleSetId: row.test_rule_set_id,
  }
}

export const REFERENCE_COLUMNS = [
  'r.id as reference_id',
  'r.name as reference_name',
  'r.type as reference_type',
  'r.value as reference_value',
] as const

export const TOLERANCE_COLUMNS = [
  'o.id as tolerance_id',
  'o.name as tolerance_name',
  'o.type as tolerance_type',
  'o.act_low as tolerance_act_low',
  'o.tol_low as tolerance_tol_low',
  'o.tol_high as tolerance_tol_high',
  'o.act_high as tolerance_act_high',
  'o.mc_pass_choices as tolerance_pass_choices',
  'o.mc_tol_choices as tolerance_tol_choices',
  'o.bool_warning_only as tolerance_warning_only',
] as const

/** Columns of a reference and a tolerance that were joined from the left. */
export const COMPARISON_COLUMNS = [...REFERENCE_COLUMNS, ...TOLERANCE_COLUMNS] as const

export type ReferenceColumns = {
  readonly reference_id: number | null
  readonly reference_name: string | null
  readonly reference_type: 'numerical' | 'boolean' | null
  readonly reference_value: number | null
}

export type ToleranceColumns = {
  readonly tolerance_id: number | null
  readonly tolerance_name: string | null
  readonly tolerance_type: Selectable<QaTables['qa_tolerance']>['type'] | null
  readonly tolerance_act_low: number | null
  readonly tolerance_tol_low: number | null
  readonly tolerance_tol_high: number | null
  readonly tolerance_act_high: number | null
  readonly tolerance_pass_choices: string | null
  readonly tolerance_tol_choices: string | null
  readonly tolerance_warning_only: 0 | 1 | null
}

export function toReference(row: ReferenceColumns): HeldReference | null {
  if (row.reference_id === null || row.reference_value === null) return null
  return {
    id: row.reference_id,
    name: row.reference_name ?? '',
    kind: row.reference_type ?? 'numerical',
    value: row.reference_value,
  }
}

export function toTolerance(row: ToleranceColumns): HeldTolerance | null {
  if (row.tolerance_id === null) return null
  return { id: row.tolerance_id, name: row.tolerance_name ?? '', tolerance: toleranceOf(row) }
}

function toleranceOf(row: ToleranceColumns): Tolerance {
  const kind = row.tolerance_type ?? 'absolute'
  switch (kind) {
    case 'multchoice':
      return {
        kind,
        passChoices: splitChoices(row.tolerance_pass_choices ?? ''),
        tolChoices: splitChoices(row.tolerance_tol_choices ?? ''),
      }
    case 'boolean':
      return { kind, warningOnly: row.tolerance_warning_only === 1 }
    default:
      return {
        kind,
        actLow: row.tolerance_act_low,
        tolLow: row.tolerance_tol_low,
        tolHigh: row.tolerance_tol_high,
        actHigh: row.tolerance_act_high,
      }
  }
}

export function toInstant(text: string): Date {
  return new Date(text)
}

export function toOptionalInstant(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
