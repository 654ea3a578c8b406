import type { Context } from '../../../context.ts'
import type { Entity } from '../domain/entity.ts'
import type { Attributes } from '../domain/report-tree.ts'
import type { Quality } from '../quality.ts'

/** What a reader is asked for: one source of one metric. */
export type SourceRequest = {
  /** acts as the system; its clock and zone are those of the measurement */
  readonly ctx: Context
  readonly quality: Quality
  readonly metricType: string
  /** `<` where less is better: of several dates the oldest counts then */
  readonly direction: '<' | '>'
  /** opened, secrets included */
  readonly parameters: Attributes
  readonly fetch: FetchSource
}

/** An answer of another server, whole and of limited size. */
export type SourceDocument = {
  /** where it came from, behind redirects */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly content: Buffer
}

/** Asks another server. @throws SourceFailure `connection` for anything but success */
export type FetchSource = (
  url: string,
  options?: {
    readonly method?: 'GET' | 'POST' | 'HEAD'
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
  },
) => Promise<SourceDocument>

/** What a source said about a metric. */
export type SourceFindings = {
  /** whole number or version, as text */
  readonly value: string
  readonly total?: string | null
  /** in full; the first {@link MOST_ENTITIES} are kept */
  readonly entities?: readonly Entity[]
  /** a page for people; the address that was asked unless given */
  readonly landingUrl?: string
  /** the address that was asked */
  readonly apiUrl?: string
  readonly infoMessage?: string
}

export type SourceReader = (request: SourceRequest) => Promise<SourceFindings>

/** How each metric of a source is read, by metric type. */
export type SourceReaders = Readonly<Record<string, SourceReader>>

/**
 * Why a source could not be read. The message is shown to people and must be the same each time, or every attempt would
 * count as news: no times, no addresses in memory, no secrets.
 */
export class SourceFailure extends Error {
  readonly kind: 'connection' | 'parse'

  constructor(kind: 'connection' | 'parse', message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SourceFailure'
    this.kind = kind
  }
}
