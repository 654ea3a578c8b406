import { describe, expect, it } from 'vitest'
import { EMPTY_COLUMN, missingOf, nextColumn, problemsOfColumn, wireOf } from './new-sample-column.ts'

const option = { id: 7, label: 'Seven' }

describe('a column of samples to register', () => {
  it('says what is missing, of which a template brings most', () => {
    expect(Object.keys(missingOf(EMPTY_COLUMN))).toEqual(['client', 'contact', 'sampleType', 'services'])
    expect(missingOf({ ...EMPTY_COLUMN, client: option, contact: option, template: option })).toEqual({})
  })
  it('sends instants by the clock of the site, and nothing for what is empty', () => {
    const wire = wireOf(
      { ...EMPTY_COLUMN, client: option, samplingDate: '2026-11-22T09:30', clientSampleId: ' x ' },
      'America/Toronto',
    )
    expect(wire).toMatchObject({
      client: 7,
      samplingDate: '2026-11-22T14:30:00.000Z',
      clientSampleId: 'x',
      clientReference: null,
      services: [],
    })
  })
  it('is followed by one like it with an identity of its own', () => {
    const first = { ...EMPTY_COLUMN, key: 3, client: option, clientSampleId: 'A1', remarks: 'cold' }
    expect(nextColumn([first])).toEqual({ ...first, key: 4, clientSampleId: '', remarks: '' })
  })
  it.each([
    [[{ field: 'contact', problem: 'wrong' }], 0, 1, { contact: 'wrong' }],
    [[{ field: '1.contact', problem: 'wrong' }], 0, 2, {}],
    [[{ field: '1.services.0', problem: 'wrong' }], 1, 2, { services: 'wrong' }],
  ])('takes from %j what is of column %d of %d', (problems, index, columns, expected) => {
    expect(problemsOfColumn(problems, index, columns)).toEqual(expected)
  })
})
