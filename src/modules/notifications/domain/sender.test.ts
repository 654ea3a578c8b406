import { expect, it } from 'vitest'
import { parseSender } from './sender.ts'

it.each([
  ['Touchstone <qa@lab.example>', { name: 'Touchstone', address: 'qa@lab.example' }],
  ['"QA, physics" <qa@lab.example>', { name: 'QA, physics', address: 'qa@lab.example' }],
  [' qa@lab.example ', { address: 'qa@lab.example' }],
  ['<qa@lab.example>', { address: 'qa@lab.example' }],
  ['Touchstone', undefined],
  ['a@b <c@d> e', undefined],
  ['', undefined],
])('reads %j', (text, sender) => {
  expect(parseSender(text)).toEqual(sender)
})
