import { describe, expect, it } from 'vitest'
import type { RecordMeta } from '../../api/record-meta.ts'
import { filterFields, titleOf } from './record-admin.ts'

const UNIT: RecordMeta = {
  name: 'machine-qa.unit',
  path: '/api/v1/machine-qa/units',
  label: { one: 'Unit', many: 'Units' },
  titleField: 'name',
  order: ['number'],
  listFields: ['number', 'name', 'site'],
  fields: [
    { name: 'id', label: 'Id', kind: 'integer', required: true, readOnly: true },
    { name: 'number', label: 'Number', kind: 'integer', required: true },
    { name: 'name', label: 'Name', kind: 'text', required: true },
    { name: 'type', label: 'Type', kind: 'reference', required: true, target: 'machine-qa.unit-type' },
    { name: 'site', label: 'Site', kind: 'reference', required: false, target: 'machine-qa.site' },
    { name: 'procedure', label: 'Procedure', kind: 'code', required: false },
    { name: 'createdAt', label: 'Created', kind: 'instant', required: true, readOnly: true },
  ],
  can: { view: true, add: true, change: true, retire: true },
  retirable: true,
}

describe('administration of a record', () => {
  it('offers the references of its list first and no filter on code or id', () => {
    expect(filterFields(UNIT).map(({ name }) => name)).toEqual([
      'site',
      'number',
      'name',
      'type',
      'createdAt',
      'includeRetired',
    ])
  })

  it.each([
    [{ id: 4, version: 1, name: 'Linac 2' }, 'Linac 2'],
    [{ id: 4, version: 1, name: '' }, 'Unit 4'],
    [{ id: 4, version: 1 }, 'Unit 4'],
  ])('calls %j %s', (row, title) => {
    expect(titleOf(UNIT, row)).toBe(title)
  })
})
