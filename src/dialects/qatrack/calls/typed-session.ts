import type { JsonValue } from '../../../modules/machine-qa/domain/test-result.ts'
import type { TypedSession } from '../../../modules/machine-qa/performing/typed-session.ts'
import { parseWireInstant } from '../wire/date-times.ts'
import { parseInteger, truthOf } from '../wire/field-values.ts'

/** A body of the calls that work on what is being typed: members by the names of the documented page. */
export type Typed = Readonly<Record<string, unknown>>

export function isTyped(value: unknown): value is Typed {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads list, unit, values and what is known besides; members of the wrong shape count as absent. */
export function readTyped(body: Typed, zone: string): TypedSession | { readonly problem: string } {
  const testListId = idOf(body.test_list_id)
  if (testListId === undefined) return { problem: 'Invalid or missing test_list_id' }
  const unitId = idOf(body.unit_id)
  if (unitId === undefined) return { problem: 'Invalid or missing unit_id' }
  const { tests = {}, comments, skips, meta } = body
  if (!isTyped(tests)) return { problem: 'Invalid QC Values' }
  return {
    testListId,
    unitId,
    values: new Map(Object.entries(tests).map(([macro, value]) => [macro, value as JsonValue])),
    comments: membersOf(comments, (value) => (typeof value === 'string' ? value : undefined)),
    skips: membersOf(skips, truthOf),
    ...readMeta(isTyped(meta) ? meta : {}, zone),
  }
}

/** `cycle_day` counts from 1 here, as it does on the documented page. */
function readMeta(meta: Typed, zone: string): Partial<TypedSession> {
  const assignmentId = idOf(meta.unit_test_collection_id)
  const cycleDay = idOf(meta.cycle_day)
  const workStarted = instantOf(meta.work_started, zone)
  const workCompleted = instantOf(meta.work_completed, zone)
  return {
    ...(assignmentId === undefined ? {} : { assignmentId }),
    ...(cycleDay === undefined ? {} : { day: cycleDay - 1 }),
    ...(workStarted === undefined ? {} : { workStarted }),
    ...(workCompleted === undefined ? {} : { workCompleted }),
  }
}

export function idOf(given: unknown): number | undefined {
  const read = parseInteger(given, undefined)
  return 'value' in read && read.value > 0 ? read.value : undefined
}

function instantOf(given: unknown, zone: string): Date | undefined {
  if (typeof given !== 'string') return undefined
  const read = parseWireInstant(given, zone)
  return 'instant' in read ? read.instant : undefined
}

function membersOf<T>(given: unknown, read: (value: unknown) => T | undefined): ReadonlyMap<string, T> {
  if (!isTyped(given)) return new Map()
  return new Map(
    Object.entries(given).flatMap(([macro, value]): [string, T][] => {
      const member = read(value)
      return member === undefined ? [] : [[macro, member]]
    }),
  )
}
