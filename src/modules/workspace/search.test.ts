import { expect, it } from 'vitest'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { equipment } from '../equipment/records/equipment.ts'
import { site } from '../equipment/records/site.ts'
import { retireRecord } from '../records/retire-record.ts'
import { createRecord } from '../records/save-record.ts'
import { rankOf, type SearchSource, searchEverything } from './search-everything.ts'
import { searchSources } from './search-records.ts'
import { asNewUser, makeWorkspaceContext, WORKSPACE_TEST_MIGRATIONS } from './testing.ts'

forEachDatabase('global search', WORKSPACE_TEST_MIGRATIONS, (open) => {
  it('finds what the user may see, what begins with the text first, without retired rows', async () => {
    const ctx = makeWorkspaceContext(await open('fresh'))
    const make = (name: string, more = {}) => createRecord(ctx, equipment, { name, ...more })
    const linac = await make('Größe Linac', { serialNumber: 'SN 799', maker: 'Varian' })
    const other = await make('Linac 2')
    const gone = await make('Linac 3')
    await retireRecord(ctx, equipment, gone.id, 'retire')
    const home = await createRecord(ctx, site, { name: 'Linac hall', slug: 'hall' })
    const sources = searchSources(ctx.catalogue)
    const user = await asNewUser(ctx, 'equipment.access')
    expect(await searchEverything(user, sources, ' LINAC ')).toEqual([
      { kind: 'Site', label: 'Linac hall', path: `/app/admin/equipment.site/${home.id}` },
      { kind: 'Equipment', label: 'Linac 2', path: `/app/admin/equipment.equipment/${other.id}` },
      {
        kind: 'Equipment',
        label: 'Größe Linac',
        hint: 'Varian · SN 799',
        path: `/app/admin/equipment.equipment/${linac.id}`,
      },
    ])
    expect((await searchEverything(user, sources, 'grösse')).map(({ label }) => label)).toEqual([
      'Größe Linac',
    ])
    expect(await searchEverything(await asNewUser(ctx), sources, 'linac')).toEqual([])
  })

  it('answers nothing to one letter and refuses what cannot be searched for', async () => {
    const user = await asNewUser(makeWorkspaceContext(await open()), 'equipment.access')
    expect(await searchEverything(user, [], 'x')).toEqual([])
    await expect(searchEverything(user, [], 'ab\0')).rejects.toMatchObject({
      refusal: { kind: 'invalid-input' },
    })
  })

  it.each([
    ['Linac 2', 'linac 2', 0],
    ['Linac 2', 'LIN', 1],
    ['Great Linac', 'lin', 2],
    ['Scanner', 'linac', 3],
    ['Größe', 'GRÖSSE', 0],
  ])('ranks %j for %j as %d', (label, wanted, rank) => {
    expect(rankOf(label, wanted)).toBe(rank)
  })

  it('puts kinds with better hits first', async () => {
    const user = await asNewUser(makeWorkspaceContext(await open()), 'x.access')
    const source = (kind: string, label: string): SearchSource => ({
      kind,
      label: kind,
      permission: 'x.access',
      search: async () => [{ label, path: '/' }],
    })
    const sources = [
      source('A', 'held by others'),
      source('B', 'the unit'),
      source('C', 'unit 1'),
      source('D', 'unit'),
    ]
    const found = await searchEverything(user, sources, 'unit')
    expect(found.map(({ kind }) => kind)).toEqual(['D', 'C', 'B', 'A'])
  })

  it('lets a module look in its own way, with few hits of each kind', async () => {
    const ctx = makeWorkspaceContext(await open())
    const own: SearchSource = {
      kind: site.name,
      label: 'Place',
      permission: 'equipment.access',
      search: async (_ctx, text) =>
        Array.from({ length: 50 }, (_, n) => ({ label: `${text} ${n}`, path: `/app/places/${n}` })),
    }
    const sources = searchSources(ctx.catalogue, [own])
    expect(sources.filter(({ kind }) => kind === site.name)).toEqual([own])
    const found = await searchEverything(await asNewUser(ctx, 'equipment.access'), sources, 'north')
    expect(found.map(({ kind }) => kind)).toEqual(Array(6).fill('Place'))
  })
})
