import { describe, expect, it } from 'vitest'
import { chosenValue, type Measurement, type SourceReading } from './measurement.ts'
import { readMetric } from './metric.ts'
import { type Known, measureAgain, nextMeasurement, type Reading } from './next-measurement.ts'
import type { MetricItem } from './report-tree.ts'

const ZONE = 'UTC'
const at = (time: string) => ({ now: new Date(time), today: time.slice(0, 10), zone: ZONE })
const FIRST = at('2026-11-22T10:00:00Z')
const LATER = at('2026-11-22T10:15:00Z')

const METRIC: MetricItem = {
  id: 'm',
  attributes: { type: 'violations' },
  sources: [{ id: 's', attributes: { type: 'sarif_json' } }],
}

function reading(parts: Partial<SourceReading> = {}): Reading {
  const source: SourceReading = {
    sourceId: 's',
    value: '12',
    total: '100',
    entities: [{ key: 'a' }, { key: 'b' }],
    judgements: {},
    connectionError: null,
    parseError: null,
    infoMessage: null,
    apiUrl: 'https://x',
    landingUrl: 'https://x',
    ...parts,
  }
  return { sources: [source], issues: [], parameterHash: 'h' }
}

const NOTHING: Known = { reportId: 'r', latest: undefined, latestGood: undefined, ofOriginal: undefined }

function stored(item: MetricItem, given: Reading, known: Known, when: typeof FIRST): Measurement {
  const next = nextMeasurement(item, given, known, when)
  if (next.kind !== 'store') throw new Error(`expected a new measurement, got ${next.kind}`)
  return next.measurement
}

const first = stored(METRIC, reading(), NOTHING, FIRST)
const known = (latest: Measurement, latestGood = latest): Known => ({ ...NOTHING, latest, latestGood })

describe('nextMeasurement', () => {
  it('stores the first reading with value, status and targets', () => {
    expect(first).toMatchObject({ hasError: false, start: FIRST.now, end: FIRST.now, parameterHash: 'h' })
    expect(first.scales).toEqual({
      count: {
        value: '12',
        status: 'target_not_met',
        statusStart: '2026-11-22T10:00:00.000Z',
        direction: '<',
        targets: { target: '0', nearTarget: '10', debtTarget: null },
      },
    })
  })

  it.each<[string, MetricItem, Reading, 'extend' | 'store' | 'discard']>([
    ['goes on while nothing changes', METRIC, reading(), 'extend'],
    ['stores another value', METRIC, reading({ value: '13' }), 'store'],
    ['stores another entity', METRIC, reading({ entities: [{ key: 'a' }, { key: 'c' }] }), 'store'],
    ['stores an error', METRIC, reading({ value: null, connectionError: 'time-out' }), 'store'],
    ['stores other parameters', METRIC, { ...reading(), parameterHash: 'other' }, 'store'],
    [
      'stores another target',
      { ...METRIC, attributes: { type: 'violations', target: '1' } },
      reading(),
      'store',
    ],
    [
      'stores when somebody asked',
      { ...METRIC, attributes: { type: 'violations', measurement_requested: '2026-11-22T10:10:00+00:00' } },
      reading(),
      'store',
    ],
    [
      'goes on when somebody asked before',
      { ...METRIC, attributes: { type: 'violations', measurement_requested: '2026-11-22T09:59:00+00:00' } },
      reading(),
      'extend',
    ],
    ['discards a source that is gone', { ...METRIC, sources: [] }, reading(), 'discard'],
  ])('%s', (_what, item, given, kind) => {
    expect(nextMeasurement(item, given, known(first), LATER).kind).toBe(kind)
  })

  it('keeps the start of a status that goes on, and begins a new one', () => {
    const worse = stored(METRIC, reading({ value: '13' }), known(first), LATER)
    expect(worse.scales.count?.statusStart).toBe('2026-11-22T10:00:00.000Z')
    const good = stored(METRIC, reading({ value: '0', entities: [] }), known(first), LATER)
    expect(good.scales.count).toMatchObject({ status: 'target_met', statusStart: '2026-11-22T10:15:00.000Z' })
  })

  it('has no value while a source fails, and what people said comes back after it', () => {
    const judged = measureAgain(METRIC, first, FIRST, [
      { ...(first.sources[0] as SourceReading), judgements: { a: { status: 'fixed' } } },
    ])
    expect(judged.scales.count?.value).toBe('11')
    const failed = stored(
      METRIC,
      reading({ value: null, total: null, entities: [], parseError: 'x' }),
      known(judged),
      LATER,
    )
    expect(failed).toMatchObject({ hasError: true, scales: { count: { value: null, status: null } } })
    const again = stored(METRIC, reading(), known(failed, judged), LATER)
    expect(again.scales.count?.value).toBe('11')
    expect(again.sources[0]?.entities[0]?.first_seen).toBe('2026-11-22T10:00:00.000Z')
  })

  it('has no value of a kind of source that does not fit', () => {
    const item = { ...METRIC, sources: [{ id: 's', attributes: { type: 'jira' } }] }
    const { scales } = stored(item, reading(), NOTHING, FIRST)
    expect(scales.count).toMatchObject({ value: null, status: null })
  })

  it('takes over what people said about the metric that it was copied from', () => {
    const ofOriginal = {
      ...first,
      sources: [{ ...(first.sources[0] as SourceReading), judgements: { b: { status: 'wont_fix' } } }],
    }
    const copy: MetricItem = {
      id: 'm2',
      attributes: { type: 'violations', copied_from: 'm' },
      sources: [{ id: 's2', attributes: { type: 'sarif_json', copied_from: 's' } }],
    }
    const given = {
      ...reading(),
      sources: reading().sources.map((source) => ({ ...source, sourceId: 's2' })),
    }
    expect(stored(copy, given, { ...NOTHING, ofOriginal }, FIRST).scales.count?.value).toBe('11')
  })

  it('judges every scale and records targets for the chosen one alone', () => {
    const item = {
      ...METRIC,
      attributes: { type: 'tests', scale: 'percentage', direction: '<' },
      sources: [{ id: 's', attributes: { type: 'junit' } }],
    }
    const { scales } = stored(item, reading({ value: '3', total: '12', entities: [] }), NOTHING, FIRST)
    expect(scales.count).toMatchObject({ value: '3', direction: '<' })
    expect(scales.count).not.toHaveProperty('targets')
    expect(scales.percentage).toMatchObject({ value: '25', targets: { target: '0' } })
  })
})

it('measures again after debt was accepted', () => {
  const item = { ...METRIC, attributes: { type: 'violations', accept_debt: true, debt_target: '12' } }
  const again = measureAgain(item, first, LATER)
  expect(chosenValue(readMetric(item), again)).toMatchObject({ value: '12', status: 'debt_target_met' })
  expect([again.start, again.end]).toEqual([LATER.now, LATER.now])
})
