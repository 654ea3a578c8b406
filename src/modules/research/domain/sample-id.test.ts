import { describe, expect, it } from 'vitest'
import { checkSampleId, proposeSampleId, type SampleIdFacts, sampleIdLengthProblem } from './sample-id.ts'

const FACTS: SampleIdFacts = {
  policy: 'lenient',
  highestInstitute: 2,
  highestMethod: 5,
  instituteId: 1,
  methodId: 2,
  today: '2026-11-21',
}

describe('a sample id', () => {
  // the messages of specification 1.8
  it.each([
    ['240616_125138_010002', {}, {}],
    ['240616_125138_010102', {}, { warning: 'The method code 102 exceeds the highest method id 5.' }],
    [
      '240616_125138_010102',
      { policy: 'strict' },
      { problem: 'The method code 102 exceeds the highest method id 5.' },
    ],
    ['240616_125138_010102', { highestMethod: 102, policy: 'strict' }, {}],
    ['240616_125138_990002', {}, { problem: 'The institution code 99 exceeds the highest institute id 2.' }],
    ['240616-125138-010002', {}, { problem: "Sample ID must be in the format 'yymmdd_hhmmss_iiaaaa'." }],
    ['241301_125138_010002', {}, { problem: 'The date part of the Sample ID is not valid.' }],
    ['240230_125138_010002', {}, { problem: 'The date part of the Sample ID is not valid.' }],
    ['261121_125138_010002', {}, {}],
    ['261122_125138_010002', {}, { problem: 'The date part of the Sample ID must be in the past.' }],
    ['690101_000000_010000', {}, {}],
    ['240616_240000_010002', {}, { problem: 'The time part of the Sample ID is not valid.' }],
    ['240616_126000_010002', {}, { problem: 'The time part of the Sample ID is not valid.' }],
    ['240616_125138_010002', { policy: 'exact' }, {}],
    [
      '240616_125138_020002',
      { policy: 'exact' },
      { problem: 'The institution code 2 is not that of the institute 1.' },
    ],
    [
      '240616_125138_010003',
      { policy: 'exact' },
      { problem: 'The method code 3 is not that of the method 2.' },
    ],
  ] as const)('%s with %o: %o', (id, facts, expected) => {
    expect(checkSampleId(id, { ...FACTS, ...facts })).toEqual(expected)
  })

  it.each([
    ['240616_125138_01000', 'Ensure this field has at least 20 characters.'],
    ['240616_125138_0100021', 'Ensure this field has no more than 20 characters.'],
    ['240616_125138_010002', undefined],
  ])('%s has the right length: %s', (id, problem) => {
    expect(sampleIdLengthProblem(id)).toBe(problem)
  })

  it('is proposed from time, institute and method', () => {
    expect(proposeSampleId(new Date('2024-06-16T12:51:38Z'), 1, 102)).toBe('240616_125138_010102')
    expect(proposeSampleId(new Date('2024-06-16T12:51:38Z'), 101, null)).toBe('240616_125138_010000')
  })
})
