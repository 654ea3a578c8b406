import { describe, expect, it } from 'vitest'
import { defineRecord, inverse, reference, text } from '../../core/record.ts'
import { roomRecord, sampleRecord } from '../../modules/records/testing.ts'
import { createCatalogue } from './catalogue.ts'
import { decodeRow, encodeRow } from './row-codec.ts'

describe('encodeRow', () => {
  it('writes columns with folded copies, JSON as text, and nothing for what is absent or kept elsewhere', () => {
    const at = new Date('2026-11-21T07:42:00Z')
    expect(
      encodeRow(sampleRecord, { name: 'Ä', seenAt: at, shape: { a: [1] }, room: 3, steps: [1], nothing: 1 }),
    ).toEqual({
      name: 'Ä',
      name_folded: 'ä',
      seen_at: at,
      shape: '{"a":[1]}',
      room_id: 3,
    })
    expect(encodeRow(sampleRecord, { mark: null, shape: null })).toEqual({
      mark: null,
      mark_folded: null,
      shape: null,
    })
  })
})

describe('decodeRow', () => {
  it('reads what both databases give, and null for what is not there', () => {
    const row = decodeRow(sampleRecord, {
      id: 1,
      version: 2,
      name: 'Ä',
      good: 1,
      seen_at: '2026-11-21T07:42:00.000Z',
      shape: '[1]',
      room_id: 3,
    })
    expect(row).toMatchObject({
      id: 1,
      version: 2,
      good: true,
      seenAt: new Date('2026-11-21T07:42:00Z'),
      shape: [1],
      room: 3,
      value: null,
    })
    expect(row).not.toHaveProperty('steps')
    expect(decodeRow(sampleRecord, { good: 0 }).good).toBe(false)
  })
})

describe('createCatalogue', () => {
  it('names every contradiction among the declarations', () => {
    const base = {
      name: 'test.a',
      table: 'a',
      path: 'a',
      label: { one: 'A', many: 'As' },
      titleField: 'name',
    } as const
    const wrong = defineRecord({
      ...base,
      fields: {
        name: text({}),
        gone: reference('test.gone', {}),
        back: inverse('test.room', 'name', 'Back'),
      },
    })
    const twice = defineRecord({ ...base, fields: { name: text({}) }, stamped: false })
    expect(() => createCatalogue([wrong, twice, roomRecord, sampleRecord])).toThrow(
      /test\.a is declared twice[\s\S]*address test\/a[\s\S]*test\.gone, which is not declared[\s\S]*via name, which is no reference/,
    )
  })

  it('finds records by name and those that refer to them', () => {
    const catalogue = createCatalogue([roomRecord, sampleRecord])
    expect(catalogue.get('test.room')).toBe(roomRecord)
    expect(catalogue.find('constructor')).toBeUndefined()
    expect(() => catalogue.get('test.none')).toThrow('no record is called test.none')
    expect(catalogue.referring('test.room').map(({ record, field }) => `${record.name}.${field}`)).toEqual([
      'test.room.within',
      'test.sample.room',
      'test.sample.steps',
      'test.sample.tags',
    ])
  })
})
