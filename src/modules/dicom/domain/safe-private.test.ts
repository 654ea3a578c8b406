import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { profileAction } from './confidentiality-profile.ts'
import { makeDataSet, makeElement } from './make-element.ts'
import { isSafePrivate } from './safe-private.ts'

function isSafe(creator: string, tag: number, block = 0x10): boolean {
  const group = (tag & 0xffff0000) >>> 0
  const dataSet = makeDataSet([makeElement(group + block, creator, 'LO'), makeElement(tag, 'value', 'LO')])
  return isSafePrivate(dataSet, tag)
}

describe('private attributes that may stay', () => {
  it.each([
    ['Philips PET Private Group', 0x70531000, true],
    ['Philips PET Private Group', 0x70531009, true],
    ['Philips PET Private Group', 0x70531001, false],
    ['Philips MR Imaging DD 001', 0x2005100d, true],
    ['Philips MR Imaging DD 001', 0x2001100d, false],
    ['SIEMENS MR HEADER', 0x0019100d, true],
    ['SIEMENS MR HEADER', 0x0019100f, false],
    ['HOLOGIC, Inc.', 0x00191029, true],
    ['HOLOGIC, Inc.', 0x0019102a, false],
    ['HOLOGIC, Inc.', 0x7e011010, true],
    ['GEMS_SENO_02', 0x0045101b, true],
    ['GEMS_SENO_02', 0x0045101c, false],
    ['Philips US Imaging DD 034', 0x200d1012, true],
    ['Philips US Imaging DD 034', 0x200d1015, false],
    ['Somebody else', 0x70531000, false],
  ])('%s at %i: %s', (creator, tag, expected) => {
    expect(isSafe(creator, tag)).toBe(expected)
  })

  it('are found in whichever block their creator has', () => {
    expect(isSafe('GEMS_PARM_01', 0x0043a027, 0xa0)).toBe(true)
    expect(isSafe('GEMS_PARM_01', 0x0043a027, 0xa1)).toBe(false)
  })
})

const TABLE = join(process.env.TOUCHSTONE_SHARED ?? '../shared', 'dicom', 'ps3.15-profile.tsv')

describe.skipIf(!existsSync(TABLE))(`the profile as it was collected (needs ${TABLE})`, () => {
  const ACTIONS: Readonly<Record<string, string>> = {
    X: 'remove',
    Z: 'empty',
    D: 'dummy',
    U: 'replace-uid',
    'X/Z': 'empty',
    'X/D': 'dummy-or-empty',
    'Z/D': 'dummy-or-empty',
    'X/Z/D': 'dummy-or-empty',
    'X/Z/U*': 'keep',
  }
  const WORDS: Readonly<Record<string, string>> = { K: 'keep', C: 'clean' }
  const OPTIONS = [
    ['clean-descriptors', 5],
    ['clean-structured-content', 6],
    ['clean-graphics', 7],
    ['retain-full-dates', 8],
    ['retain-modified-dates', 9],
    ['retain-uids', 10],
    ['retain-patient-characteristics', 11],
    ['retain-device-identity', 12],
    ['retain-institution-identity', 13],
  ] as const
  const rows = existsSync(TABLE)
    ? readFileSync(TABLE, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'))
        .filter(([tag]) => /^\([0-9A-F]{4},[0-9A-F]{4}\)$/.test(tag ?? ''))
    : []

  it('does with every attribute what the Basic Profile says', () => {
    expect(rows.length).toBeGreaterThan(600)
    for (const row of rows) {
      const tag = Number.parseInt((row[0] ?? '').replaceAll(/[(),]/g, ''), 16)
      expect([row[0], profileAction(tag, new Set())]).toEqual([row[0], ACTIONS[row[4] ?? '']])
    }
  })

  it.each(OPTIONS)('does with every attribute what %s says', (option, column) => {
    for (const row of rows) {
      const tag = Number.parseInt((row[0] ?? '').replaceAll(/[(),]/g, ''), 16)
      const expected = WORDS[row[column]?.trim() ?? ''] ?? ACTIONS[row[4] ?? '']
      expect([row[0], profileAction(tag, new Set([option]))]).toEqual([row[0], expected])
    }
  })
})
