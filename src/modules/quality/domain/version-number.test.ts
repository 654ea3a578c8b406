import { expect, it } from 'vitest'
import { compareVersions, normalVersion, parseVersion } from './version-number.ts'

const IN_ORDER = [
  '0.9',
  '1.0.dev1',
  '1.0a1.dev1',
  '1.0a1',
  '1.0b2',
  '1.0rc1',
  '1.0',
  '1.0+abc',
  '1.0+5',
  '1.0.post1.dev2',
  '1.0.post1',
  '1.0.1',
  '1.10',
  '1!0.1',
]

it('orders versions as PEP 440 does', () => {
  expect([...IN_ORDER].reverse().toSorted(compareVersions)).toEqual(IN_ORDER)
})

it.each([
  ['1.0', '1.0.0', 0],
  ['v1.2.3', '1.2.3', 0],
  ['invalid version', '0', 0],
  ['', '0', 0],
  ['1.2-1', '1.2.post1', 0],
  ['1.2ALPHA3', '1.2a3', 0],
])('%s compares to %s as %i', (a, b, expected) => {
  expect(Math.sign(compareVersions(a, b))).toBe(expected)
})

it.each([
  ['v1.2.3', '1.2.3'],
  ['1.2-RC1', '1.2rc1'],
  ['1.0.r4', '1.0.post4'],
  ['2!1.0-dev', '2!1.0.dev0'],
  ['1.0+ubuntu-1', '1.0+ubuntu.1'],
  ['latest', undefined],
  ['1..2', undefined],
])('writes %s as %s', (text, expected) => {
  expect(normalVersion(text)).toBe(expected)
})

it('does not read texts that are far too long', () => {
  expect(parseVersion('1.'.repeat(500))).toBeUndefined()
})
