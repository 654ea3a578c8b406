import type { Context } from '../../context.ts'
import type { UserActor } from '../../core/actor.ts'
import { EVERYTHING } from '../../core/query.ts'
import type { RecordType } from '../../core/record.ts'
import { parseRecurrence, printRecurrence } from '../../core/recurrence-text.ts'
import { arrangeTestList } from '../../modules/machine-qa/arrange-test-list.ts'
import { recurrenceStart } from '../../modules/machine-qa/domain/frequency.ts'
import { assignment } from '../../modules/machine-qa/records/assignment.ts'
import { autoReviewRule } from '../../modules/machine-qa/records/auto-review-rule.ts'
import { autoReviewRuleSet } from '../../modules/machine-qa/records/auto-review-rule-set.ts'
import { category } from '../../modules/machine-qa/records/category.ts'
import { frequency } from '../../modules/machine-qa/records/frequency.ts'
import { status } from '../../modules/machine-qa/records/status.ts'
import { test } from '../../modules/machine-qa/records/test.ts'
import { testList } from '../../modules/machine-qa/records/test-list.ts'
import { testListCycle } from '../../modules/machine-qa/records/test-list-cycle.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { changeRecord, createRecord } from '../../modules/records/save-record.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import type { DemoTest } from './demo-test.ts'
import { ASSIGNMENTS, CYCLE, type DemoAssignment, type DemoList, LISTS, testsInOrder } from './programme.ts'
import { type DemoUnits, idOf, makeNamed } from './seed-department.ts'

/** Everything that can be performed. */
export type DemoProgramme = {
  /** ids of tests by macro name */
  readonly tests: ReadonlyMap<string, number>
  /** ids of lists by name */
  readonly lists: ReadonlyMap<string, number>
  readonly assignments: readonly AssignedWork[]
}

export type AssignedWork = {
  readonly id: number
  readonly unitId: number
  readonly unitNumber: number
  readonly declared: DemoAssignment
}

/** When the test lists of the users' document were made and changed. */
const MADE = new Date('2014-05-30T16:11:05-04:00')
const CHANGED = new Date('2014-07-24T13:59:43-04:00')

/** Makes tests, lists, the cycle and assignments, as the physicist made them. */
export async function seedProgramme(
  ctx: Context,
  people: DemoPeople,
  units: DemoUnits,
): Promise<DemoProgramme> {
  const physicist = people.actor('physicist')
  const making = actingAt(ctx, physicist, MADE)
  const tests = await makeTests(making)
  const lists = await makeLists(making, actingAt(ctx, physicist, CHANGED), tests)
  const cycle = await createRecord(making, testListCycle, {
    name: CYCLE.name,
    testLists: CYCLE.lists.map((name) => idOf(lists, name)),
  })
  const frequencies = await makeFrequencies(making)
  const assignments: AssignedWork[] = []
  for (const declared of ASSIGNMENTS) {
    const groups = declared.groups.map((word) => people.group(`machine-qa.${word.slice(0, -1)}`))
    const what =
      declared.work === CYCLE.name ? { testListCycle: cycle.id } : { testList: idOf(lists, declared.work) }
    for (const unitNumber of declared.units) {
      const unitId = idOf(units, unitNumber)
      const { id } = await createRecord(making, assignment, {
        ...what,
        unit: unitId,
        frequency: declared.frequency === null ? null : idOf(frequencies, declared.frequency),
        assignedTo: groups[0] ?? null,
        visibleTo: groups,
      })
      assignments.push({ id, unitId, unitNumber, declared })
    }
  }
  return { tests, lists, assignments }
}

/** The same request as somebody, at another time. */
export function actingAt(ctx: Context, actor: UserActor, at: Date): Context {
  return { ...ctx, actor, now: () => at }
}

async function makeTests(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const declared = testsInOrder()
  const categories = await makeNamed(ctx, category, [...new Set(declared.map((one) => one.category))])
  const approved = idOf(await idsByName(ctx, status), 'Approved')
  const ok = await createRecord(ctx, autoReviewRule, { passFail: 'ok', status: approved })
  const noTolerance = await createRecord(ctx, autoReviewRule, { passFail: 'no_tol', status: approved })
  const rules = await createRecord(ctx, autoReviewRuleSet, {
    name: 'Approve what is in order',
    rules: [ok.id, noTolerance.id],
  })
  const ids = new Map<string, number>()
  for (const one of declared) {
    const values = { ...valuesOf(one), category: idOf(categories, one.category) }
    const { id } = await createRecord(ctx, test, {
      ...values,
      autoreviewruleset: one.autoReviewed === true ? rules.id : null,
    })
    ids.set(one.macro, id)
  }
  return ids
}

function valuesOf(declared: DemoTest): Record<string, unknown> {
  const { macro, name, type, description, formatting, choices, constantValue, wrapLow, wrapHigh } = declared
  const { procedure, flagWhen, requireComment, skipWithoutComment, displayImage } = declared
  return {
    name,
    slug: macro,
    type,
    description: description ?? null,
    formatting: formatting ?? '',
    choices: choices ?? null,
    constantValue: constantValue ?? null,
    wrapLow: wrapLow ?? null,
    wrapHigh: wrapHigh ?? null,
    calculationProcedure: procedure ?? null,
    flagWhen: flagWhen ?? null,
    requireComment: requireComment ?? false,
    skipWithoutComment: skipWithoutComment ?? false,
    displayImage: displayImage ?? false,
  }
}

/** Made without their warning, which was added later: so their history has something to show. */
async function makeLists(
  making: Context,
  changing: Context,
  tests: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  for (const declared of LISTS) {
    const own = declared.tests.map(({ macro }) => idOf(tests, macro))
    const values = { name: declared.name, description: declared.description ?? null, tests: own }
    const { id, version } = await createRecord(making, testList, { ...values, warningMessage: '' })
    ids.set(declared.name, id)
    await changeRecord(changing, testList, id, version, {
      warningMessage: declared.warning ?? 'Do not treat',
    })
    await arrange(changing, id, version + 1, declared, own, ids)
  }
  return ids
}

async function arrange(
  ctx: Context,
  id: number,
  version: number,
  { sublists = [] }: DemoList,
  tests: readonly number[],
  lists: ReadonlyMap<string, number>,
): Promise<void> {
  if (sublists.length === 0) return
  const first = sublists.map((name) => ({ id: idOf(lists, name), outline: true, after: 0 }))
  await arrangeTestList(ctx, id, version, { tests, sublists: first })
}

async function makeFrequencies(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const rule = (text: string) =>
    printRecurrence({ ...parseRecurrence(`RRULE:${text}`, ctx.zone), start: recurrenceStart(ctx.zone) })
  const workdays = rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR')
  const quarterly = rule('FREQ=DAILY;INTERVAL=91')
  await createRecord(ctx, frequency, {
    name: 'Workdays',
    recurrences: workdays,
    windowStart: 0,
    windowEnd: 1,
  })
  await createRecord(ctx, frequency, { name: 'Quarterly', recurrences: quarterly, windowEnd: 14 })
  return idsByName(ctx, frequency)
}

/** Ids of all rows of a record by their name. */
export async function idsByName(ctx: Context, record: RecordType): Promise<ReadonlyMap<string, number>> {
  const { rows } = await listRecords(
    ctx,
    record,
    { where: EVERYTHING, order: [], limit: 10_000, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return new Map(rows.map(({ id, name }) => [String(name), id]))
}
