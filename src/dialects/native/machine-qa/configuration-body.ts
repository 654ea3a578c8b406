import { invalidInput } from '../../../core/refusal.ts'
import type { ReferenceSetting } from '../../../modules/machine-qa/set-reference.ts'
import { optionalInteger, requiredId } from './parse-submission.ts'

export type Body = Readonly<Record<string, unknown>>

const MOST_AT_ONCE = 5000

/** What a test on a unit shall be compared with. @throws RefusedError `invalid-input` */
export function parseSetting(setting: Body): ReferenceSetting {
  const { value } = setting
  if (value !== undefined && value !== null && typeof value !== 'number') {
    throw invalidInput('value', 'A valid number is required.')
  }
  return {
    unitTestInfoId: requiredId(setting, 'unitTestInfoId'),
    ...(value === undefined ? {} : { value }),
    ...(setting.toleranceId === undefined
      ? {}
      : { toleranceId: optionalInteger(setting, 'toleranceId') ?? null }),
  }
}

/** A list of objects. @throws RefusedError `invalid-input` */
export function objectsOf(body: Body, field: string): readonly Body[] {
  const value = body[field]
  if (!Array.isArray(value) || value.length > MOST_AT_ONCE) throw invalidInput(field, 'This must be a list.')
  return value.map((each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) {
      throw invalidInput(field, 'Each of them must be an object.')
    }
    return each as Body
  })
}

/** A list of ids. @throws RefusedError `invalid-input` */
export function idsOf(body: Body, field: string): readonly number[] {
  const value = body[field]
  if (!Array.isArray(value) || value.length > MOST_AT_ONCE) throw invalidInput(field, 'This must be a list.')
  return value.map((each: unknown) => requiredId({ [field]: each }, field))
}
