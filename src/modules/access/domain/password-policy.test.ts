import { describe, expect, it } from 'vitest'
import { describePasswordProblems, PASSWORD_POLICY, passwordProblems } from './password-policy.ts'

const PERSONAL = ['user5', 'Rita', 'Mohale', 'rita.mohale@example.com']

describe('a new password', () => {
  it.each([
    ['tidal-orbit-47', []],
    ['securepassword123', []],
    ['Blau, aber nicht grün', []],
    ['short', ['too-short']],
    ['', ['too-short']],
    ['4711081547', ['all-digits']],
    ['1234567890', ['all-digits', 'too-common']],
    ['aaaaaaaaaaaa', ['too-common']],
    ['abcabcabcabc', ['too-common']],
    ['Qwertyuiop', ['too-common']],
    ['Password1234', ['too-common']],
    ['!Sunshine99!', ['too-common']],
    ['mohale-2026', ['too-similar']],
    ['RITA.MOHALE@example.com', ['too-similar']],
    ['x'.repeat(500).concat('yz'.repeat(300)), ['too-long']],
  ])('%j has the problems %j', (password, expected) => {
    expect(passwordProblems(password, PERSONAL, PASSWORD_POLICY)).toEqual(expected)
  })

  it('counts characters as people see them', () => {
    expect(passwordProblems('🦊🐻🐼🐨🐯🦁🐮🐷🐸', [], PASSWORD_POLICY)).toEqual(['too-short'])
    expect(passwordProblems('🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵', [], PASSWORD_POLICY)).toEqual([])
  })

  it('is refused in words that name what to do', () => {
    expect(describePasswordProblems('password', ['too-short'], { minimumLength: 8 })).toEqual([
      { field: 'password', problem: 'A password has at least 8 characters.' },
    ])
  })
})
