import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import { type FieldProblem, RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { loadRecord } from '../records/get-record.ts'
import { findRecords } from '../records/list-records.ts'
import { changedMeanwhile } from '../records/save-record.ts'
import { test } from './records/test.ts'
import { testList } from './records/test-list.ts'
import {
  findArrangement,
  type PlacedSublist,
  type PlacedTest,
  saveArrangement,
  saveListVersion,
} from './store/list-arrangement.ts'

/** The members of a list in the order of performing. */
export type ListArrangement = {
  /** ids of its own tests */
  readonly tests: readonly number[]
  readonly sublists: readonly {
    readonly id: number
    /** whether a frame is drawn around its tests */
    readonly outline: boolean
    /** how many own tests come before it; all of them unless given */
    readonly after?: number
  }[]
}

/**
 * Gives a test list its members: own tests and sublists in one order, and which sublists are outlined. The tests it
 * then reaches get their place for references on every unit.
 *
 * @param version the version of the list that the caller read
 * @throws RefusedError `invalid-input` for members that cannot be performed together, `conflict` for another version
 */
export function arrangeTestList(
  ctx: Context,
  id: number,
  version: number,
  arrangement: ListArrangement,
  reason?: string,
): Promise<AnyRow> {
  requirePermission(ctx, testList.permissions.change)
  return inTransaction(ctx, async (tx) => {
    const before = await loadRecord(tx, testList, id)
    const { tests, sublists } = arrangement
    const childIds = sublists.map((sublist) => sublist.id)
    requireOnce([...tests], 'tests')
    requireOnce(childIds, 'sublists')
    await requireKnown(tx, test, tests, 'tests')
    await requireKnown(tx, testList, childIds, 'sublists')
    const hook = tx.recordHooks.get(testList.name)
    await hook?.beforeSave?.(tx, { tests, sublists: childIds }, before)
    if (!(await saveListVersion(tx.db, id, version, { at: tx.now(), by: actingUserId(tx.actor) }))) {
      throw changedMeanwhile(testList, await loadRecord(tx, testList, id))
    }
    const arranged = await findArrangement(tx.db, id)
    const placed = placesOf(arrangement)
    await saveArrangement(tx.db, id, placed.tests, placed.sublists)
    const after = await loadRecord(tx, testList, id)
    await hook?.afterSave?.(tx, after, before)
    await recordAudit(tx, {
      action: `${testList.name}.arrange`,
      record: testList.name,
      recordId: id,
      before: arranged,
      after: placed,
      reason,
    })
    return after
  })
}

/** Every member has a place of its own, so that performing keeps exactly this order. */
function placesOf({ tests, sublists }: ListArrangement): {
  readonly tests: readonly PlacedTest[]
  readonly sublists: readonly PlacedSublist[]
} {
  const placedTests: PlacedTest[] = []
  const placedSublists: PlacedSublist[] = []
  let place = 0
  for (let before = 0; before <= tests.length; before += 1) {
    for (const { id, outline, after = tests.length } of sublists) {
      if (Math.min(Math.max(after, 0), tests.length) !== before) continue
      placedSublists.push({ listId: id, place, outline })
      place += 1
    }
    const testId = tests[before]
    if (testId === undefined) continue
    placedTests.push({ testId, place })
    place += 1
  }
  return { tests: placedTests, sublists: placedSublists }
}

function requireOnce(ids: readonly number[], field: string): void {
  if (new Set(ids).size < ids.length) refuse({ field, problem: 'A list can contain each of them only once' })
}

async function requireKnown(
  tx: Context,
  record: RecordType,
  ids: readonly number[],
  field: string,
): Promise<void> {
  const known = await findRecords(tx, record, ids)
  if (known.length < ids.length) refuse({ field, problem: 'This names a record that does not exist.' })
}

function refuse(problem: FieldProblem): never {
  throw new RefusedError({ kind: 'invalid-input', problems: [problem] })
}
