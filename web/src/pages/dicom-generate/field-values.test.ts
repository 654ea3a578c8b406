import { expect, it } from 'vitest'
import { filledValues, joinName, newUid, splitName } from './field-values.ts'

it('leaves blank fields out', () => {
  expect(filledValues({ PatientName: ' Doe^Jane ', PatientID: '  ' })).toEqual({ PatientName: ['Doe^Jane'] })
})

it.each([
  ['Doe^Jane', ['Doe', 'Jane', '', '', ''], ''],
  ['Adams^John Robert Quincy^^Rev.^B.A.', ['Adams', 'John Robert Quincy', '', 'Rev.', 'B.A.'], ''],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', ['Yamada', 'Tarou', '', '', ''], '=山田^太郎=やまだ^たろう'],
  ['', ['', '', '', '', ''], ''],
])('takes the name %s apart and joins it again', (name, parts, rest) => {
  expect(splitName(name)).toEqual({ parts, rest })
  expect(joinName(parts, rest)).toBe(name)
})

it('lets no component become two', () => {
  expect(joinName(['O^Brien', 'A=B', '', '', ''], '')).toBe('O Brien^A B')
})

it('makes UIDs that are valid and all different', () => {
  const made = Array.from({ length: 50 }, newUid)
  expect(new Set(made).size).toBe(50)
  for (const uid of made) expect(uid).toMatch(/^2\.25\.[1-9]\d{30,38}$/)
})
