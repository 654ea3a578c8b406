import type { Page } from 'playwright-core'
import { callAs } from './browser.ts'

interface Row {
  readonly id: number
}

interface Items<T> {
  readonly items: readonly T[]
}

interface InfoRow extends Row {
  readonly test: Row
}

/** A test list with every kind of row that the journeys type into, assigned to a unit of its own and overdue. */
export async function makeList(
  page: Page,
): Promise<{ readonly assignmentId: number; readonly unitId: number }> {
  const add = (path: string, body: object): Promise<Row> =>
    callAs<Row>(page, 'POST', `/machine-qa/${path}`, body)
  const first = async (path: string): Promise<Row> => {
    const { items } = await callAs<Items<Row>>(page, 'GET', path)
    const [row] = items
    if (row === undefined) throw new Error(`nothing at ${path}`)
    return row
  }
  const type = await first('/machine-qa/unit-types')
  const unit = await add('units', { name: 'Journey linac', type: type.id, dateAcceptance: '2024-01-01' })
  const category = await add('categories', { name: 'Journey', description: '' })
  const test = (name: string, slug: string, kind: string, more: object = {}): Promise<Row> =>
    add('tests', { name, slug, type: kind, category: category.id, ...more })
  const door = await test('Door holds', 'door_holds', 'boolean')
  const warmth = await test('Room warmth', 'room_warmth', 'simple')
  const reading = await test('Beam reading', 'beam_reading', 'simple', { formatting: '%.2f' })
  const output = await test('Beam output', 'beam_output', 'composite', {
    calculationProcedure: 'beam_output = beam_reading / 20.0 * 100',
    formatting: '%.1f',
  })
  const photo = await test('Field photo', 'field_photo', 'upload', {
    displayImage: true,
    calculationProcedure: 'field_photo = "kept"',
  })
  const safety = await add('test-lists', { name: 'Journey safety', tests: [door.id] })
  const list = await add('test-lists', {
    name: 'Journey list',
    warningMessage: 'Do not treat',
    tests: [warmth.id, reading.id, output.id, photo.id],
    sublists: [safety.id],
  })
  const group = await first('/access/groups')
  const daily = await first('/machine-qa/frequencies?name=Daily')
  const assignment = await add('assignments', {
    unit: unit.id,
    testList: list.id,
    frequency: daily.id,
    visibleTo: [group.id],
    dueDate: new Date(Date.now() - 2 * 86_400_000).toISOString(),
  })
  const percent = await add('tolerances', { type: 'percent', actLow: -4, tolLow: -2, tolHigh: 2, actHigh: 4 })
  const infos = await callAs<Items<InfoRow>>(page, 'GET', `/machine-qa/unit-test-infos?unit=${unit.id}`)
  const infoOf = (wanted: Row): number => infos.items.find((info) => info.test.id === wanted.id)?.id ?? 0
  await add('references/set', {
    comment: 'for the journey',
    settings: [
      { unitTestInfoId: infoOf(door), value: 1 },
      { unitTestInfoId: infoOf(warmth), value: 22, toleranceId: percent.id },
      { unitTestInfoId: infoOf(reading), value: 20, toleranceId: percent.id },
      { unitTestInfoId: infoOf(output), value: 100, toleranceId: percent.id },
    ],
  })
  return { assignmentId: assignment.id, unitId: unit.id }
}
