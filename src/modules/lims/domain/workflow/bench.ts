import type { AnalysisKind, AnalysisState, RequestState, SampleState, WorksheetState } from './states.ts'

export type BenchSample = {
  readonly id: number
  readonly state: SampleState
  readonly cancelled: boolean
  readonly sampler: string | null
  readonly scheduledSamplingSampler: string | null
  readonly samplingDate: Date | null
  readonly dateSampled: Date | null
  readonly dateReceived: Date | null
  readonly dateExpired: Date | null
  readonly dateDisposed: Date | null
  readonly rejectionReasons: readonly string[]
}

export type BenchPartition = {
  readonly id: number
  readonly sampleId: number
  readonly state: SampleState
  readonly cancelled: boolean
  /** has a preservation that its container does not bring along */
  readonly needsPreservation: boolean
  readonly datePreserved: Date | null
  readonly preserver: string | null
}

export type BenchRequest = {
  readonly id: number
  readonly sampleId: number
  readonly state: RequestState
  readonly cancelled: boolean
  /** some active analysis is on a worksheet and none is not */
  readonly assigned: boolean
  readonly dateReceived: Date | null
  readonly dateVerified: Date | null
  readonly datePublished: Date | null
  readonly dueDate: Date | null
  readonly rejectionReasons: readonly string[]
}

export type BenchAnalysis = {
  readonly id: number
  readonly kind: AnalysisKind
  readonly requestId: number | null
  readonly partitionId: number | null
  readonly worksheetId: number | null
  readonly position: number | null
  readonly originalId: number | null
  readonly retestOfId: number | null
  readonly objectId: string
  readonly keyword: string
  readonly pointOfCapture: 'lab' | 'field'
  readonly state: AnalysisState
  readonly cancelled: boolean
  readonly retested: boolean
  readonly result: string
  /** every interim has a value, or may be empty */
  readonly interimsComplete: boolean
  readonly attachmentMissing: boolean
  /** keywords of the services that its formula needs */
  readonly needs: readonly string[]
  readonly analyst: string | null
  readonly maxTimeAllowedS: number | null
  readonly dueDate: Date | null
  readonly submittedById: number | null
  readonly submittedAt: Date | null
  readonly verificators: readonly string[]
  readonly verifiedAt: Date | null
  readonly datePublished: Date | null
  readonly requiredVerifications: number
  readonly mayVerifyOwn: boolean
}

export type BenchWorksheet = {
  readonly id: number
  readonly state: WorksheetState
  readonly analyst: string | null
}

/**
 * Everything that a move can touch: samples with their partitions, requests and analyses, and the worksheets that
 * these are on, with the states of all analyses there.
 */
export type Bench = {
  readonly samples: ReadonlyMap<number, BenchSample>
  readonly partitions: ReadonlyMap<number, BenchPartition>
  readonly requests: ReadonlyMap<number, BenchRequest>
  readonly analyses: ReadonlyMap<number, BenchAnalysis>
  readonly worksheets: ReadonlyMap<number, BenchWorksheet>
}

/** What comes into being by a move. New things have negative ids until they are stored. */
export type Birth =
  /** repeats an analysis; its fields are copied from it */
  | { readonly kind: 'retest'; readonly id: number; readonly of: number }
  /** the request that follows an invalidated one */
  | { readonly kind: 'follow-up'; readonly of: number }
  /** the worksheet that replaces a rejected one */
  | { readonly kind: 'replacement'; readonly id: number; readonly of: number }
  /** what stays of an analysis on a rejected worksheet */
  | { readonly kind: 'reject-copy'; readonly of: number; readonly worksheetId: number }
  /** a control on a replacement worksheet */
  | { readonly kind: 'control-copy'; readonly id: number; readonly of: number; readonly worksheetId: number }

/** The rules that a laboratory chooses (specification 2.2.4), as far as moves ask for them. */
export type WorkflowSettings = {
  readonly multiVerification: 'self_multi_enabled' | 'self_multi_not_cons' | 'self_multi_disabled'
  readonly scheduleSampling: boolean
  readonly rejectionReasons: readonly string[]
  readonly retestKeepsResult: boolean
  readonly onlyAssignedSubmitted: boolean
}

/** Who moves something, when, and what they may do. */
export type MoveFacts = {
  readonly at: Date
  readonly actor: { readonly id: number | null; readonly username: string }
  readonly can: (permission: string) => boolean
  readonly settings: WorkflowSettings
  /** reasons of a rejection */
  readonly reasons?: readonly string[]
}

/** A bench while a move is worked out. */
export type Work = {
  readonly samples: Map<number, BenchSample>
  readonly partitions: Map<number, BenchPartition>
  readonly requests: Map<number, BenchRequest>
  readonly analyses: Map<number, BenchAnalysis>
  readonly worksheets: Map<number, BenchWorksheet>
  readonly births: Birth[]
  readonly facts: MoveFacts
}

export type Target = {
  readonly kind: 'sample' | 'partition' | 'request' | 'analysis' | 'worksheet'
  readonly id: number
}

export function startWork(bench: Bench, facts: MoveFacts): Work {
  return {
    samples: new Map(bench.samples),
    partitions: new Map(bench.partitions),
    requests: new Map(bench.requests),
    analyses: new Map(bench.analyses),
    worksheets: new Map(bench.worksheets),
    births: [],
    facts,
  }
}

/** An entity by id. @throws Error when the bench was gathered without it: a defect */
export function entity<T>(from: ReadonlyMap<number, T>, id: number): T {
  const found = from.get(id)
  if (found === undefined) throw new Error(`the bench was gathered without ${id}`)
  return found
}

export function change<T>(from: Map<number, T>, id: number, parts: Partial<T>): T {
  const changed = { ...entity(from, id), ...parts }
  from.set(id, changed)
  return changed
}

export function analysesOfRequest(work: Work, requestId: number): BenchAnalysis[] {
  return [...work.analyses.values()].filter((analysis) => analysis.requestId === requestId)
}

export function analysesOfWorksheet(work: Work, worksheetId: number): BenchAnalysis[] {
  return [...work.analyses.values()].filter((analysis) => analysis.worksheetId === worksheetId)
}

export function requestsOfSample(work: Work, sampleId: number): BenchRequest[] {
  return [...work.requests.values()].filter((request) => request.sampleId === sampleId)
}

export function partitionsOfSample(work: Work, sampleId: number): BenchPartition[] {
  return [...work.partitions.values()].filter((partition) => partition.sampleId === sampleId)
}

/** Retracted, rejected and cancelled analyses never hold up what they belong to. */
export function isActive({ state, cancelled }: BenchAnalysis): boolean {
  return !cancelled && state !== 'retracted' && state !== 'rejected' && state !== 'not_requested'
}

export function isControl({ kind }: Pick<BenchAnalysis, 'kind'>): boolean {
  return kind === 'duplicate' || kind === 'reference'
}

export function newId(work: Work): number {
  const ids = [...work.analyses.keys(), ...work.worksheets.keys()]
  return Math.min(0, ...ids) - 1
}
