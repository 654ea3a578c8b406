import { describe, expect, it } from 'vitest'
import { type InstrumentFacts, instrumentFitness, isUnfit } from './instrument-fitness.ts'

const AT = new Date('2026-03-02T14:00:00Z')
const before = new Date('2026-03-01T00:00:00Z')
const after = new Date('2026-04-01T00:00:00Z')
const valid = { title: 'C-1', validFrom: before, validTo: after }
const NONE: InstrumentFacts = { isSetAside: false, certificates: [valid], downtimes: [], failedControls: [] }
const down = (
  what: 'calibration' | 'validation' | 'maintenance',
  from: Date | null,
  to: Date | null,
  isClosed = false,
) => ({
  downtimes: [{ what, title: 'Lamp', from, to, isClosed }],
})

describe('an instrument', () => {
  it.each([
    ['with a valid certificate', {}, 'ok'],
    ['without any certificate', { certificates: [] }, 'unknown'],
    ['whose certificate ended', { certificates: [{ ...valid, validTo: before }] }, 'overdue'],
    ['whose certificate has not begun', { certificates: [{ ...valid, validFrom: after }] }, 'overdue'],
    ['with an older certificate that lasts', { certificates: [{ ...valid, validTo: before }, valid] }, 'ok'],
    ['that is set aside', { isSetAside: true }, 'out-of-service'],
    ['in calibration', down('calibration', before, after), 'out-of-service'],
    ['after its validation', down('validation', before, before), 'ok'],
    ['with a calibration of one day', down('calibration', before, null), 'ok'],
    ['in maintenance without an end', down('maintenance', before, null), 'out-of-service'],
    ['whose maintenance was closed', down('maintenance', before, null, true), 'ok'],
    ['before its maintenance', down('maintenance', after, null), 'ok'],
    ['whose control failed', { failedControls: ['Ca'] }, 'failed'],
    ['that failed and is set aside', { failedControls: ['Ca'], isSetAside: true }, 'out-of-service'],
  ] as const)('%s is %s', (_, parts: Partial<InstrumentFacts>, state) => {
    const found = instrumentFitness({ ...NONE, ...parts }, AT)
    expect(found.state).toBe(state)
    expect(isUnfit(found)).toBe(!['ok', 'unknown'].includes(state))
    expect(found.reasons.length).toBeGreaterThan(0)
  })
})
