import { expect, it } from 'vitest'
import { equipment } from '../../modules/equipment/records/equipment.ts'
import { site } from '../../modules/equipment/records/site.ts'
import { retireRecord } from '../../modules/records/retire-record.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import { makeWorkspaceContext, WORKSPACE_TEST_MIGRATIONS } from '../../modules/workspace/testing.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { readTable } from '../../platform/spreadsheets/read-table.ts'
import type { TableRow } from '../../platform/spreadsheets/table.ts'
import { declarePermissions, makeUserWith, openNativeServer } from './testing.ts'

const LIST = '/api/v1/equipment/equipment'
const NOW = new Date('2026-11-21T07:42:00.000Z')

forEachDatabase('exported lists', WORKSPACE_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const ctx = makeWorkspaceContext(await open('fresh'), { now: () => NOW })
    await declarePermissions(ctx, ['equipment.access'])
    const hall = await createRecord(ctx, site, { name: 'Hall Ä', slug: 'hall' })
    for (const [name, serialNumber] of [
      ['Linac 2', '=1+1'],
      ['Linac 10', '-3.50'],
      ['Scanner', null],
    ])
      await createRecord(ctx, equipment, { name, serialNumber, site: hall.id, inServiceFrom: '2020-02-29' })
    const gone = await createRecord(ctx, equipment, { name: 'Linac 0' })
    await retireRecord(ctx, equipment, gone.id, 'retire')
    return { ctx, user: await makeUserWith(ctx, ['equipment.access']), ...(await openNativeServer(ctx)) }
  }

  it('are CSV with every row that is asked for, references by name', async () => {
    const { ask, user } = await setUp()
    const columns = 'name,site,serialNumber,inServiceFrom,createdAt'
    const path = `${LIST}?format=csv&name:startswith=Linac&order=-name&limit=1&columns=${columns}`
    const answer = await ask('GET', path, user)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="Equipment 2026-11-21.csv"',
    })
    expect(answer.text).toBe(
      [
        '\uFEFFName,Site,Serial number,In service from,Created',
        "Linac 2,Hall Ä,'=1+1,2020-02-29,2026-11-21T02:42:00-05:00",
        "Linac 10,Hall Ä,'-3.50,2020-02-29,2026-11-21T02:42:00-05:00",
        '',
      ].join('\r\n'),
    )
  })

  it('are workbooks of all fields', async () => {
    const { ask, user } = await setUp()
    const answer = await ask('GET', `${LIST}?format=xlsx&order=name`, user)
    expect(answer.status).toBe(200)
    const table = await readTable(answer.bytes, 'xlsx', { maxBytes: 1e6, maxRows: 100, maxColumns: 100 })
    const rows: TableRow[] = []
    for await (const row of table.rows) rows.push(row)
    const titles = rows[0]?.cells ?? []
    expect(titles.slice(0, 4)).toEqual(['Id', 'Name', 'Asset number', 'Maker'])
    expect(titles).not.toContain('Version')
    const site = titles.indexOf('Site')
    expect(rows.slice(1).map(({ cells }) => [cells[1], cells[site]])).toEqual([
      ['Linac 10', 'Hall Ä'],
      ['Linac 2', 'Hall Ä'],
      ['Scanner', 'Hall Ä'],
    ])
  })

  it('hold every row of a long list, in its order', async () => {
    const { ctx, ask, user } = await setUp()
    for (let n = 0; n < 430; n += 1)
      await createRecord(ctx, equipment, { name: `Chamber ${n}`, maker: 'PTW' })
    const answer = await ask('GET', `${LIST}?format=csv&maker=PTW&order=-id&columns=name`, user)
    const names = answer.text.split('\r\n').slice(1, -1)
    expect(names).toEqual(Array.from({ length: 430 }, (_, n) => `Chamber ${429 - n}`))
  })

  it.each([
    ['format=ods', 400],
    ['format=csv&columns=name,nothing', 400],
    ['format=csv&columns=constructor', 400],
    ['format=csv&nothing=1', 400],
  ])('refuses %s', async (query, status) => {
    const { ask, user } = await setUp()
    expect((await ask('GET', `${LIST}?${query}`, user)).status).toBe(status)
  })

  it('are only for whoever may see the list', async () => {
    const { ask, ctx } = await setUp()
    const outsider = await makeUserWith(ctx, [])
    expect((await ask('GET', `${LIST}?format=csv`, outsider)).status).toBe(403)
    expect((await ask('GET', `${LIST}?format=csv`)).status).toBe(401)
  })
})
