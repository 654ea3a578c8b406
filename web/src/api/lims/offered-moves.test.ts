import { describe, expect, it } from 'vitest'
import { movesForAll } from './offered-moves.ts'

const due = { state: 'sample_due', cancelled: false }
const verified = { state: 'verified', cancelled: false }
const cancelled = { state: 'sample_due', cancelled: true }

function idsOf(samples: Parameters<typeof movesForAll>[0], ...permissions: string[]): readonly string[] {
  return movesForAll(samples, (permission) => permissions.includes(permission)).map(({ id }) => id)
}

describe('movesForAll', () => {
  it.each([
    ['one state with its permission', [due], ['lims.sample.receive'], ['receive']],
    ['one state without permission', [due], ['lims.sample.publish'], []],
    ['two states that share nothing', [due, verified], ['lims.sample.receive', 'lims.sample.publish'], []],
    [
      'either of two permissions',
      [due],
      ['lims.sample.receive', 'lims.sample.cancel-due'],
      ['receive', 'cancel'],
    ],
    ['cancelled ones', [cancelled], ['lims.sample.receive', 'lims.sample.cancel'], ['reinstate']],
    ['cancelled and living ones', [cancelled, due], ['lims.sample.receive', 'lims.sample.cancel'], []],
  ])('offers for %s what all can do', (_, samples, permissions, ids) => {
    expect(idsOf(samples, ...permissions)).toEqual(ids)
  })
})
