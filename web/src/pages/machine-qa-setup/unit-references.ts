import { queryOptions } from '@tanstack/react-query'
import type { RecordRow, Reference } from '../../api/records.ts'
import { readByIds, readRows, referenceOf } from './read-members.ts'

/** A test of a unit with what its results are compared with. */
export interface ComparedTest {
  /** Id of the test on this unit. */
  readonly infoId: number
  readonly testId: number
  readonly name: string
  readonly macro: string
  /** Code of the type: `simple`, `boolean`. */
  readonly type: string
  readonly reference: number | null
  readonly tolerance: Reference | null
}

export interface ListOfUnit {
  /** Null for tests that no active assignment reaches any more. */
  readonly name: string | null
  readonly tests: readonly ComparedTest[]
}

export interface ToleranceChoice {
  readonly id: number
  readonly name: string
  readonly type: string
}

export interface UnitReferences {
  readonly lists: readonly ListOfUnit[]
  readonly tolerances: readonly ToleranceChoice[]
}

/** The tests of a unit by list. A test of several lists stands under the first: its reference is one and the same. */
export function unitReferencesQuery(unitId: number) {
  return queryOptions({
    queryKey: ['machine-qa', 'unit-references', unitId],
    queryFn: ({ signal }) => readUnitReferences(unitId, signal),
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
}

async function readUnitReferences(unitId: number, signal: AbortSignal): Promise<UnitReferences> {
  const [tests, lists, tolerances] = await Promise.all([
    readComparedTests(unitId, signal),
    readListsOf(unitId, signal),
    readRows('tolerances', { order: 'name' }, signal),
  ])
  return {
    lists: byList(tests, lists),
    tolerances: tolerances
      .filter(({ retiredAt }) => retiredAt === null)
      .map(({ id, name, type }) => ({ id, name: String(name), type: String(type) })),
  }
}

async function readComparedTests(unitId: number, signal: AbortSignal): Promise<readonly ComparedTest[]> {
  const infos = (await readRows('unit-test-infos', { unit: unitId }, signal)).filter(({ active }) => active)
  const [tests, references] = await Promise.all([
    readByIds(
      'tests',
      'id',
      infos.map(({ test }) => referenceOf(test).id),
    ),
    readByIds(
      'references',
      'id',
      infos.flatMap(({ reference }) => (reference ? referenceOf(reference).id : [])),
    ),
  ])
  const testById = new Map(tests.map((test) => [test.id, test]))
  const valueById = new Map(references.map(({ id, value }) => [id, Number(value)]))
  return infos.flatMap((info): ComparedTest[] => {
    const test = testById.get(referenceOf(info.test).id)
    if (test === undefined) return []
    return [
      {
        ...{ infoId: info.id, testId: test.id, name: String(test.name), macro: String(test.slug) },
        type: String(test.type),
        reference: info.reference ? (valueById.get(referenceOf(info.reference).id) ?? null) : null,
        tolerance: info.tolerance ? referenceOf(info.tolerance) : null,
      },
    ]
  })
}

interface ListContents {
  readonly name: string
  /** In the order of performing. */
  readonly testIds: readonly number[]
}

/** The lists that a unit is assigned, those of its cycles too, each with its tests and those of its sublists. */
async function readListsOf(unitId: number, signal: AbortSignal): Promise<readonly ListContents[]> {
  const assignments = (await readRows('assignments', { unit: unitId, order: 'id' }, signal)).filter(
    ({ active, retiredAt }) => active === true && retiredAt === null,
  )
  const cycleIds = assignments.flatMap(({ testListCycle }) =>
    testListCycle ? referenceOf(testListCycle).id : [],
  )
  const days = await readByIds('test-list-cycle-memberships', 'cycle', cycleIds, 'cycle,order')
  const assigned = [
    ...assignments.flatMap(({ testList }) => (testList ? referenceOf(testList) : [])),
    ...days.map(({ testList }) => referenceOf(testList)),
  ]
  const lists = [...new Map(assigned.map((list) => [list.id, list])).values()]
  const sublists = await readByIds(
    'sublists',
    'parent',
    lists.map(({ id }) => id),
    'parent,order',
  )
  const listIds = [...lists.map(({ id }) => id), ...sublists.map(({ child }) => referenceOf(child).id)]
  const memberships = await readByIds('test-list-memberships', 'testList', listIds, 'testList,order')
  const testsOf = Map.groupBy(memberships, ({ testList }) => referenceOf(testList).id)
  const idsIn = (listId: number): readonly number[] =>
    (testsOf.get(listId) ?? []).map(({ test }) => referenceOf(test).id)
  return lists.map(({ id, label }) => ({ name: label, testIds: performedIds(id, sublists, testsOf, idsIn) }))
}

function performedIds(
  listId: number,
  sublists: readonly RecordRow[],
  testsOf: ReadonlyMap<number, readonly RecordRow[]>,
  idsIn: (listId: number) => readonly number[],
): readonly number[] {
  const own = (testsOf.get(listId) ?? []).map(({ test, order }) => ({
    order: Number(order),
    ids: [referenceOf(test).id],
  }))
  const nested = sublists
    .filter(({ parent }) => referenceOf(parent).id === listId)
    .map(({ child, order }) => ({ order: Number(order), ids: idsIn(referenceOf(child).id) }))
  return [...nested, ...own].toSorted((one, other) => one.order - other.order).flatMap(({ ids }) => ids)
}

/** Every test under the first list that has it; what no list has comes last. */
export function byList(
  tests: readonly ComparedTest[],
  lists: readonly ListContents[],
): readonly ListOfUnit[] {
  const left = new Map(tests.map((test) => [test.testId, test]))
  const take = (testId: number): ComparedTest[] => {
    const test = left.get(testId)
    left.delete(testId)
    return test === undefined ? [] : [test]
  }
  const listed = lists.map(({ name, testIds }) => ({ name, tests: testIds.flatMap(take) }))
  const others = { name: null, tests: [...left.values()] }
  return [...listed, others].filter((list) => list.tests.length > 0)
}

const NUMERIC: ReadonlySet<string> = new Set(['simple', 'wraparound', 'constant', 'composite'])
const TEXTUAL: ReadonlySet<string> = new Set(['multchoice', 'string', 'scomposite'])

/** How a reference of a type of test is entered; `none` where it has none. */
export function referenceEntry(type: string): 'number' | 'yes-no' | 'none' {
  if (type === 'boolean') return 'yes-no'
  return NUMERIC.has(type) ? 'number' : 'none'
}

/** The kinds of tolerance that can judge a type of test. */
export function toleranceTypes(type: string): readonly string[] {
  if (type === 'boolean') return ['boolean']
  if (NUMERIC.has(type)) return ['absolute', 'percent']
  return TEXTUAL.has(type) ? ['multchoice'] : []
}
