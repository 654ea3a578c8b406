import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign, refuseAssign } from './assign.ts'
import {
  analysesOfRequest,
  analysesOfWorksheet,
  type Bench,
  type BenchAnalysis,
  type BenchRequest,
  isActive,
  isControl,
  type MoveFacts,
  startWork,
  type Target,
  type Work,
} from './bench.ts'
import { hasEdge, type Machine } from './machine.ts'
import { allowedMoves, performMoves } from './perform-move.ts'
import { followAnalyses } from './promote.ts'
import {
  ANALYSIS_MACHINE,
  CONTROL_MACHINE,
  REQUEST_MACHINE,
  SAMPLE_MACHINE,
  WORKSHEET_MACHINE,
} from './tables.ts'

const AT = new Date('2026-03-02T14:00:00Z')

function factsOf(userId: number, multi: MoveFacts['settings']['multiVerification']): MoveFacts {
  return {
    at: AT,
    actor: { id: userId, username: `user${userId}` },
    can: () => true,
    reasons: ['broken'],
    settings: {
      multiVerification: multi,
      scheduleSampling: true,
      rejectionReasons: ['broken'],
      retestKeepsResult: userId % 2 === 0,
      onlyAssignedSubmitted: false,
    },
  }
}

function analysisOf(id: number, requestId: number, parts: Partial<BenchAnalysis> = {}): BenchAnalysis {
  return {
    id,
    requestId,
    kind: 'routine',
    partitionId: requestId,
    worksheetId: null,
    position: null,
    originalId: null,
    retestOfId: null,
    objectId: `K${id}`,
    keyword: `K${id}`,
    pointOfCapture: 'lab',
    state: 'to_be_sampled',
    cancelled: false,
    retested: false,
    result: '1',
    interimsComplete: true,
    attachmentMissing: false,
    needs: [],
    analyst: null,
    maxTimeAllowedS: 3600,
    dueDate: null,
    submittedById: null,
    submittedAt: null,
    verificators: [],
    verifiedAt: null,
    datePublished: null,
    requiredVerifications: 1,
    mayVerifyOwn: false,
    ...parts,
  }
}

const STARTS = ['to_be_sampled', 'sample_due', 'sample_received'] as const
type Start = (typeof STARTS)[number]

/** Two samples, the first with two requests; calculated, field, attached and twice verified analyses; two worksheets. */
function makeBench(start: Start): Bench {
  const sample = (id: number) => ({
    id,
    state: start,
    cancelled: false,
    sampler: 'sam',
    scheduledSamplingSampler: 'sam',
    samplingDate: AT,
    dateSampled: AT,
    dateReceived: null,
    dateExpired: null,
    dateDisposed: null,
    rejectionReasons: [],
  })
  const request = (id: number, sampleId: number) => ({
    id,
    sampleId,
    state: start,
    cancelled: false,
    assigned: false,
    dateReceived: null,
    dateVerified: null,
    datePublished: null,
    dueDate: null,
    rejectionReasons: [],
  })
  const partition = (id: number, sampleId: number, needsPreservation: boolean) => ({
    id,
    sampleId,
    state: start,
    cancelled: false,
    needsPreservation,
    datePreserved: null,
    preserver: null,
  })
  const analyses = [
    analysisOf(1, 1),
    analysisOf(2, 1, { needs: ['K1'] }),
    analysisOf(3, 1, { requiredVerifications: 2 }),
    analysisOf(4, 2, { attachmentMissing: true }),
    analysisOf(5, 2, { mayVerifyOwn: true }),
    analysisOf(6, 3, { pointOfCapture: 'field' }),
    analysisOf(7, 3, { result: '' }),
    analysisOf(8, 3),
    analysisOf(9, 0, {
      kind: 'reference',
      requestId: null,
      partitionId: null,
      worksheetId: 1,
      position: 9,
      state: 'assigned',
    }),
    analysisOf(10, 0, {
      kind: 'duplicate',
      requestId: null,
      partitionId: null,
      worksheetId: 1,
      position: 8,
      originalId: 1,
      state: 'assigned',
    }),
  ]
  return {
    samples: new Map([sample(1), sample(2)].map((each) => [each.id, each])),
    partitions: new Map(
      [partition(1, 1, false), partition(2, 1, false), partition(3, 2, true)].map((each) => [each.id, each]),
    ),
    requests: new Map([request(1, 1), request(2, 1), request(3, 2)].map((each) => [each.id, each])),
    analyses: new Map(analyses.map((each) => [each.id, isControl(each) ? each : { ...each, state: start }])),
    worksheets: new Map(
      [
        { id: 1, state: 'open' as const, analyst: 'ana' },
        { id: 2, state: 'open' as const, analyst: null },
      ].map((each) => [each.id, each]),
    ),
  }
}

const MOVES = [
  ...new Set(
    [REQUEST_MACHINE, SAMPLE_MACHINE, ANALYSIS_MACHINE, CONTROL_MACHINE, WORKSHEET_MACHINE].flatMap(
      ({ moves }) => moves.map(({ id }) => id),
    ),
  ),
  'cancel',
  'reinstate',
  'invalidate',
  'nonsense',
]

type Step = {
  readonly kind: Target['kind'] | 'assign' | 'type' | 'attach-file'
  readonly pick: number
  readonly move: string
  readonly user: number
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'sample',
    'partition',
    'request',
    'analysis',
    'analysis',
    'analysis',
    'worksheet',
    'assign',
    'assign',
    'type',
    'attach-file',
  ),
  pick: fc.nat(40),
  move: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...MOVES) },
    { weight: 8, arbitrary: fc.constant('allowed') },
  ),
  user: fc.integer({ min: 1, max: 3 }),
})

const ENDS = new Set([
  'cancel',
  'reject',
  'retract_ar',
  'schedule_sampling',
  'sample_prep',
  'expire',
  'retract',
  'retest',
])

/** One step: a move, legal or not; or what happens between moves. */
function take(bench: Bench, { kind, pick, move, user }: Step): Bench {
  const facts = factsOf(
    user,
    (['self_multi_enabled', 'self_multi_not_cons', 'self_multi_disabled'] as const)[pick % 3] ??
      'self_multi_enabled',
  )
  if (kind === 'assign') return putOnWorksheet(bench, facts, pick)
  if (kind === 'type' || kind === 'attach-file')
    return changeOne(bench, pick, kind === 'type' ? { result: '7' } : { attachmentMissing: false })
  return moveOne(bench, kind, facts, pick, move)
}

function moveOne(bench: Bench, kind: Target['kind'], facts: MoveFacts, pick: number, move: string): Bench {
  const ids = [
    ...{
      sample: bench.samples,
      partition: bench.partitions,
      request: bench.requests,
      analysis: bench.analyses,
      worksheet: bench.worksheets,
    }[kind].keys(),
  ]
  const target: Target = { kind, id: ids[pick % ids.length] ?? 0 }
  const allowed = allowedMoves(bench, target, facts)
  // what ends a life is chosen seldom, or no life would come far
  const kept = pick % 9 === 0 ? allowed : allowed.filter(({ id }) => !ENDS.has(id))
  const moveId = move === 'allowed' ? kept[pick % Math.max(kept.length, 1)]?.id : move
  if (moveId === undefined) return bench
  const outcome = performMoves(bench, [target], moveId, facts)
  const isOffered =
    allowed.some(({ id }) => id === moveId) ||
    (moveId === 'invalidate' && allowed.some(({ id }) => id === 'retract_ar'))
  expect(outcome.kind).toBe(isOffered ? 'moved' : 'refused')
  if (outcome.kind === 'refused') return bench
  for (const birth of outcome.births)
    if (birth.kind === 'retest') expect(outcome.bench.analyses.get(birth.id)?.retestOfId).toBe(birth.of)
  expectLegalChanges(bench, outcome.bench)
  return outcome.bench
}

function putOnWorksheet(bench: Bench, facts: MoveFacts, pick: number): Bench {
  const work = startWork(bench, facts)
  const id = [...bench.analyses.keys()][pick % bench.analyses.size] ?? 0
  const open = [...bench.worksheets.values()].filter(
    ({ state }) => state !== 'rejected' && state !== 'verified',
  )
  const sheet = open[pick % Math.max(open.length, 1)]
  if (sheet && refuseAssign(work, id) === undefined) assign(work, id, sheet.id, 1)
  return work
}

function changeOne(bench: Bench, pick: number, parts: Partial<BenchAnalysis>): Bench {
  const analyses = new Map(bench.analyses)
  const id = [...analyses.keys()][pick % analyses.size] ?? 0
  const found = analyses.get(id)
  if (found) analyses.set(id, { ...found, ...parts })
  return { ...bench, analyses }
}

/** Each change of state is a way that the tables list, or a few of them one after the other. */
function expectLegalChanges(before: Bench, after: Bench): void {
  expectReachable(REQUEST_MACHINE, before.requests, after.requests)
  expectReachable(SAMPLE_MACHINE, before.samples, after.samples)
  expectReachable(SAMPLE_MACHINE, before.partitions, after.partitions)
  expectReachable(WORKSHEET_MACHINE, before.worksheets, after.worksheets)
  const controls = (bench: Bench) => new Map([...bench.analyses].filter(([, each]) => isControl(each)))
  const routine = (bench: Bench) => new Map([...bench.analyses].filter(([, each]) => !isControl(each)))
  expectReachable(CONTROL_MACHINE, controls(before), controls(after))
  expectReachable(ANALYSIS_MACHINE, routine(before), routine(after))
}

function expectReachable<S extends string>(
  machine: Machine<S>,
  before: ReadonlyMap<number, { readonly state: S }>,
  after: ReadonlyMap<number, { readonly state: S }>,
): void {
  for (const [id, { state }] of after) {
    expect(Object.keys(machine.states)).toContain(state)
    const old = before.get(id)
    if (old) expect(isReachable(machine, old.state, state, 4), `${old.state} to ${state}`).toBe(true)
  }
}

function isReachable<S extends string>(machine: Machine<S>, from: S, to: S, steps: number): boolean {
  if (hasEdge(machine, from, to)) return true
  if (steps === 0) return false
  const next = machine.moves.flatMap((move) =>
    move.from.includes(from) && move.to !== 'same' ? [move.to] : [],
  )
  return next.some((each) => isReachable(machine, each, to, steps - 1))
}

const DONE: ReadonlySet<string> = new Set(['verified', 'published'])
const SUBMITTED: ReadonlySet<string> = new Set(['attachment_due', 'to_be_verified', 'verified', 'published'])

/** What the table of cascades promises, whatever happened before (specification 3.8). */
function expectConsistent(bench: Bench): void {
  const work: Work = startWork(bench, factsOf(1, 'self_multi_enabled'))
  for (const request of bench.requests.values()) expectConsistentRequest(work, request)
  expectConsistentSheets(bench, work)
  expectConsistentMaterial(bench)
}

function expectConsistentRequest(work: Work, request: BenchRequest): void {
  const all = analysesOfRequest(work, request.id)
  const active = all.filter(isActive)
  const where = `request ${request.id} in ${request.state}: ${active.map(({ state }) => state).join(' ')}`
  if (request.cancelled) {
    expect(
      all.every(({ cancelled, worksheetId }) => cancelled && worksheetId === null),
      where,
    ).toBe(true)
    return
  }
  if (request.state === 'to_be_verified')
    expect(
      active.every(({ state }) => SUBMITTED.has(state)),
      where,
    ).toBe(true)
  if (request.state === 'verified')
    expect(
      active.every(({ state }) => DONE.has(state)),
      where,
    ).toBe(true)
  if (request.state === 'published')
    expect(
      active.some(({ state }) => state === 'verified'),
      where,
    ).toBe(false)
  if (request.state === 'rejected')
    expect(
      active.every(({ state }) => DONE.has(state)),
      where,
    ).toBe(true)
  if (active.length > 0 && active.every(({ state }) => DONE.has(state)))
    expect(['verified', 'published', 'invalid', 'rejected'], where).toContain(request.state)
  expect(request.assigned, where).toBe(
    active.length > 0 && active.every(({ worksheetId }) => worksheetId !== null),
  )
  const keywords = active
    .filter(({ id }) => !active.some(({ retestOfId }) => retestOfId === id))
    .map(({ keyword }) => keyword)
  expect(new Set(keywords).size, `${where}: two analyses count under one keyword`).toBe(keywords.length)
  expect(new Set(all.map(({ objectId }) => objectId)).size).toBe(all.length)
}

function expectConsistentSheets(bench: Bench, work: Work): void {
  for (const sheet of bench.worksheets.values()) {
    const active = analysesOfWorksheet(work, sheet.id).filter(isActive)
    const where = `worksheet ${sheet.id} in ${sheet.state}: ${active.map(({ state }) => state).join(' ')}`
    if (sheet.state === 'to_be_verified')
      expect(
        active.every(({ state }) => state === 'to_be_verified' || DONE.has(state)),
        where,
      ).toBe(true)
    if (sheet.state === 'verified')
      expect(
        active.every(({ state }) => DONE.has(state)),
        where,
      ).toBe(true)
    if (sheet.state === 'open' && sheet.analyst !== null && active.length > 0)
      expect(
        active.every(({ state }) => SUBMITTED.has(state)),
        where,
      ).toBe(false)
  }
}

function expectConsistentMaterial(bench: Bench): void {
  for (const sample of bench.samples.values()) {
    for (const partition of bench.partitions.values()) {
      if (partition.sampleId === sample.id && sample.state === 'sample_received')
        expect(['sample_received', 'expired']).toContain(partition.state)
      if (partition.sampleId === sample.id) expect(partition.cancelled).toBe(sample.cancelled)
    }
  }
  for (const analysis of bench.analyses.values()) {
    if (analysis.state === 'retracted')
      expect([...bench.analyses.values()].some(({ retestOfId }) => retestOfId === analysis.id)).toBe(true)
  }
}

describe('whatever people do, in any order', () => {
  it('samples, analyses and worksheets stay within the tables, and all that follows has followed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STARTS),
        fc.array(step, { minLength: 30, maxLength: 80, size: 'max' }),
        (start, steps) => {
          let bench = makeBench(start)
          expectConsistent(bench)
          for (const each of steps) {
            bench = take(bench, each)
            expectConsistent(bench)
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('the usual way leads to publication', () => {
    let bench = makeBench('to_be_sampled')
    const go = (kind: Target['kind'], id: number, move: string, user = 1) => {
      const outcome = performMoves(bench, [{ kind, id }], move, factsOf(user, 'self_multi_enabled'))
      expect(outcome, `${move} of ${kind} ${id}`).toMatchObject({ kind: 'moved' })
      if (outcome.kind === 'moved') bench = outcome.bench
    }
    go('request', 1, 'sample')
    expect(bench.requests.get(2)?.state).toBe('sample_due')
    go('sample', 1, 'receive')
    for (const id of [1, 3]) go('analysis', id, 'submit')
    // the calculated one was submitted with what it needs
    expect(bench.requests.get(1)?.state).toBe('to_be_verified')
    go('request', 1, 'verify', 2)
    expect([bench.requests.get(1)?.state, bench.analyses.get(3)?.verificators]).toEqual([
      'to_be_verified',
      ['user2'],
    ])
    go('request', 1, 'verify', 3)
    expect(bench.requests.get(1)?.state).toBe('verified')
    go('request', 1, 'publish')
    expect(
      analysesOfRequest(startWork(bench, factsOf(1, 'self_multi_enabled')), 1).map(({ state }) => state),
    ).toEqual(['published', 'published', 'published'])
    followAnalyses(startWork(bench, factsOf(1, 'self_multi_enabled')), 1)
  })
})
