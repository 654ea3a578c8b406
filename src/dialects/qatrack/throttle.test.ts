import { describe, expect, it } from 'vitest'
import { WireError } from '../../platform/http/wire-error.ts'
import { createThrottle } from './throttle.ts'

function at(second: number): Date {
  return new Date(Date.UTC(2019, 6, 25) + second * 1000)
}

/** The answer to one request too many; undefined for one that is let in. */
function refusal(run: () => void): WireError | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof WireError) return error
    throw error
  }
}

describe('createThrottle', () => {
  it('lets everything in without a limit', () => {
    const throttle = createThrottle(0)
    for (let request = 0; request < 1000; request++) throttle.admit(1, 'whole', at(0))
  })

  it('refuses the request after the last one, and says when to come again', () => {
    const throttle = createThrottle(3)
    for (const second of [0, 10, 20]) throttle.admit(1, 'whole', at(second))
    const refused = refusal(() => throttle.admit(1, 'whole', at(30)))
    expect(refused).toMatchObject({
      status: 429,
      body: { detail: 'Request was throttled. Expected available in 30 seconds.' },
      headers: { 'retry-after': '30' },
    })
    expect(refusal(() => throttle.admit(1, 'whole', at(59)))).toMatchObject({
      body: { detail: 'Request was throttled. Expected available in 1 second.' },
    })
    throttle.admit(1, 'whole', at(60))
    expect(refusal(() => throttle.admit(1, 'whole', at(61)))).toBeDefined()
    throttle.admit(1, 'whole', at(70))
  })

  it('does not count what it refused', () => {
    const throttle = createThrottle(1)
    throttle.admit(1, 'whole', at(0))
    for (let second = 1; second < 60; second++) {
      expect(refusal(() => throttle.admit(1, 'whole', at(second)))).toBeDefined()
    }
    throttle.admit(1, 'whole', at(60))
  })

  it('counts callers apart, and gives sessions half of the whole', () => {
    const throttle = createThrottle(4)
    for (const caller of [1, 2]) {
      throttle.admit(caller, 'sessions', at(0))
      throttle.admit(caller, 'sessions', at(0))
      expect(refusal(() => throttle.admit(caller, 'sessions', at(0)))).toBeDefined()
    }
    throttle.admit(1, 'whole', at(0))
  })

  it('survives a clock that is set back', () => {
    const throttle = createThrottle(2)
    throttle.admit(1, 'whole', at(100))
    throttle.admit(1, 'whole', at(50))
    expect(refusal(() => throttle.admit(1, 'whole', at(50)))).toBeDefined()
    throttle.admit(1, 'whole', at(300))
  })
})
