import { describe, expect, it } from 'vitest'
import { randomAlphanumeric, randomHex, randomUrlToken } from './random-token.ts'

describe('random tokens', () => {
  it('have the shapes their contracts document', () => {
    expect(randomHex(40)).toMatch(/^[0-9a-f]{40}$/)
    expect(randomAlphanumeric(32)).toMatch(/^[A-Za-z0-9]{32}$/)
    expect(randomUrlToken()).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 1000 }, () => randomHex(40))).size).toBe(1000)
  })
})
