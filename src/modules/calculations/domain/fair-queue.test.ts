import { describe, expect, it } from 'vitest'
import { createFairQueue } from './fair-queue.ts'

describe('fair queue', () => {
  it('lets parties take turns', () => {
    const queue = createFairQueue<string>()
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) queue.add(item.charAt(0), item)
    const taken = Array.from({ length: 7 }, () => queue.takeNext())
    expect(taken).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', undefined])
    expect(queue.size()).toBe(0)
  })

  it('forgets what was removed', () => {
    const queue = createFairQueue<string>()
    queue.add('a', 'a1')
    queue.add('b', 'b1')
    expect(queue.remove('a1')).toBe(true)
    expect(queue.remove('a1')).toBe(false)
    expect([queue.size(), queue.takeNext(), queue.takeNext()]).toEqual([1, 'b1', undefined])
  })
})
