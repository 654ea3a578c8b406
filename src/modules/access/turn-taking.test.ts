import { describe, expect, it } from 'vitest'
import { turnTaking } from './turn-taking.ts'

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: () => resolve() }
}

describe('taking turns', () => {
  it('runs one after the other for the same key, and other keys meanwhile', async () => {
    const turns = turnTaking(10)
    const first = gate()
    const ran: string[] = []
    const a1 = turns.take('a', async () => {
      await first.opened
      ran.push('a1')
    })
    const a2 = turns.take('a', async () => {
      ran.push('a2')
    })
    await turns.take('b', async () => {
      ran.push('b')
    })
    first.open()
    await Promise.all([a1, a2])
    expect(ran).toEqual(['b', 'a1', 'a2'])
  })

  it('goes on after a failure, which only its own caller hears of', async () => {
    const turns = turnTaking(10)
    const failing = turns.take('a', () => Promise.reject(new Error('no')))
    const next = turns.take('a', async () => 'yes')
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })

  it('turns away whoever finds too many waiting', async () => {
    const turns = turnTaking(1)
    const first = gate()
    const waiting = turns.take('a', () => first.opened)
    expect(await turns.take('a', async () => 'second')).toBeUndefined()
    first.open()
    await waiting
    expect(await turns.take('a', async () => 'third')).toBe('third')
  })
})
