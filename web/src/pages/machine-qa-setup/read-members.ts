import { queryOptions } from '@tanstack/react-query'
import { request } from '../../api/client.ts'
import type { Page, RecordRow, Reference } from '../../api/records.ts'
import type { ListMember, MemberTest, SublistMember } from './arrangement.ts'

const MOST_ROWS = 1000
/** Ids in one address: well below the length that proxies accept. */
const IDS_AT_ONCE = 150

export interface ArrangedList {
  readonly version: number
  readonly members: readonly ListMember[]
}

/** A test list with its members in the order of performing. */
export function arrangedListQuery(id: number) {
  return queryOptions({
    queryKey: ['machine-qa', 'arrangement', id],
    queryFn: ({ signal }) => readArrangedList(id, signal),
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
}

async function readArrangedList(id: number, signal: AbortSignal): Promise<ArrangedList> {
  const [list, own, nested] = await Promise.all([
    request<RecordRow>(`/machine-qa/test-lists/${id}`, { signal }),
    readRows('test-list-memberships', { testList: id, order: 'order,id' }, signal),
    readRows('sublists', { parent: id, order: 'order,id' }, signal),
  ])
  const [tests, sublists] = await Promise.all([
    readTests(own.map(({ test }) => referenceOf(test).id)),
    readSublists(
      nested.map(({ child, outline }) => ({ list: referenceOf(child), outline: outline === true })),
    ),
  ])
  const placed = [
    ...nested.map(({ order }, index) => ({ order: Number(order), rank: 0, member: sublists[index] })),
    ...own.map(({ order }, index) => ({ order: Number(order), rank: 1, member: tests[index] })),
  ].toSorted((one, other) => one.order - other.order || one.rank - other.rank)
  return { version: list.version, members: placed.flatMap(({ member }) => member ?? []) }
}

/** Tests by id, in the order of the ids. */
export async function readTests(ids: readonly number[]): Promise<readonly MemberTest[]> {
  const rows = await readByIds('tests', 'id', ids)
  const known = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id): MemberTest[] => {
    const row = known.get(id)
    return row === undefined ? [] : [{ kind: 'test', id, name: String(row.name), macro: String(row.slug) }]
  })
}

/** Lists as another one contains them, each with its tests. */
export async function readSublists(
  wanted: readonly { readonly list: Reference; readonly outline: boolean }[],
): Promise<readonly SublistMember[]> {
  const ids = wanted.map(({ list }) => list.id)
  const [memberships, nested] = await Promise.all([
    readByIds('test-list-memberships', 'testList', ids, 'order,id'),
    readByIds('sublists', 'parent', ids),
  ])
  const tests = await readTests([...new Set(memberships.map(({ test }) => referenceOf(test).id))])
  const byId = new Map(tests.map((test) => [test.id, test]))
  const testsOf = (listId: number): readonly MemberTest[] =>
    memberships
      .filter(({ testList }) => referenceOf(testList).id === listId)
      .flatMap(({ test }) => byId.get(referenceOf(test).id) ?? [])
  return wanted.map(({ list, outline }) => ({
    kind: 'sublist',
    id: list.id,
    name: list.label,
    outline,
    tests: testsOf(list.id),
    hasSublists: nested.some(({ parent }) => referenceOf(parent).id === list.id),
  }))
}

/** All rows of one kind of record of machine QA whose field is one of many ids. */
export async function readByIds(
  path: string,
  field: string,
  ids: readonly number[],
  order = 'id',
): Promise<readonly RecordRow[]> {
  const unique = [...new Set(ids)]
  const parts = Array.from({ length: Math.ceil(unique.length / IDS_AT_ONCE) }, (_, part) =>
    unique.slice(part * IDS_AT_ONCE, (part + 1) * IDS_AT_ONCE),
  )
  const found = await Promise.all(
    parts.map((part) => readRows(path, { [`${field}:in`]: part.join(','), order })),
  )
  return found.flat()
}

/** All rows of one kind of record of machine QA, page by page, retired ones too: what is used stays readable. */
export async function readRows(
  path: string,
  query: Readonly<Record<string, string | number | boolean>>,
  signal?: AbortSignal,
): Promise<readonly RecordRow[]> {
  const rows: RecordRow[] = []
  for (;;) {
    const page = await request<Page<RecordRow>>(`/machine-qa/${path}`, {
      query: { ...query, includeRetired: true, total: 'none', limit: MOST_ROWS, offset: rows.length },
      ...(signal ? { signal } : {}),
    })
    rows.push(...page.items)
    if (page.items.length < MOST_ROWS) return rows
  }
}

/** A reference field as the server presents it. */
export function referenceOf(value: unknown): Reference {
  if (typeof value === 'object' && value !== null && 'id' in value && 'label' in value) {
    return { id: Number(value.id), label: String(value.label) }
  }
  throw new Error('the server presented a reference that is none')
}
