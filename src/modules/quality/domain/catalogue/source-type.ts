import type { Parameter } from './parameter.ts'

/** A tool, a file format or a part of the laboratory that metrics are measured from. */
export type SourceType = {
  readonly name: string
  readonly description: string
  /** empty where there is none */
  readonly homePage: string
  /** keys of the metrics that it supplies */
  readonly metrics: readonly string[]
  readonly parameters: Readonly<Record<string, Parameter>>
}
