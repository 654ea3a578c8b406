import { expect, it } from 'vitest'
import { isOutOfServiceAt, outOfServiceSpan, type ServiceFacts } from './out-of-service.ts'

const day = (number: number, hour = 8) => new Date(Date.UTC(2026, 0, number, hour))
const facts = (parts: Partial<ServiceFacts>): ServiceFacts => ({
  meaning: 'done',
  serviceAt: day(5),
  lostTimeS: null,
  statusChangedAt: null,
  returns: [],
  ...parts,
})
const done = (completed: Date | null, reviewed = true) => ({ completed, reviewed })

it.each([
  ['while work goes on', { meaning: 'open' }, { from: day(5), to: null }],
  ['not at all if no service took place', { meaning: 'void', returns: [done(null)] }, undefined],
  ['not at all if the work took no time', {}, undefined],
  ['for the time that was lost', { lostTimeS: 7200 }, { from: day(5), to: day(5, 10) }],
  ['until its status said that the work is done', { statusChangedAt: day(6) }, { from: day(5), to: day(6) }],
  [
    'for the time that was lost, whenever its status changed',
    { lostTimeS: 3600, statusChangedAt: day(9) },
    { from: day(5), to: day(5, 9) },
  ],
  [
    'until return-to-service QA is performed',
    { returns: [done(day(6)), done(null, false)] },
    { from: day(5), to: null },
  ],
  ['until it is reviewed', { returns: [done(day(6), false)] }, { from: day(5), to: null }],
  [
    'until the last of it was performed, even while work goes on',
    { meaning: 'open', returns: [done(day(6)), done(day(7)), done(day(5, 9))] },
    { from: day(5), to: day(7) },
  ],
  ['not at all if QA from before is taken for it', { returns: [done(day(4))] }, undefined],
] as const)('keeps a unit out of service %s', (_name, parts, span) => {
  expect(outOfServiceSpan(facts(parts))).toEqual(span)
})

it('lasts from its first instant until before its last', () => {
  const span = { from: day(5), to: day(6) }
  expect([day(4), day(5), day(5, 20), day(6)].map((at) => isOutOfServiceAt(span, at))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(isOutOfServiceAt({ from: day(5), to: null }, day(30))).toBe(true)
})
