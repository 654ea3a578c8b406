import type { Context } from '../../context.ts'
import type { CodePolicy } from './domain/sample-id.ts'
import type { SpooledFile } from './domain/stored-file.ts'

/** What a scanner says of a file. */
export type ScanVerdict = { readonly kind: 'clean' } | { readonly kind: 'refused'; readonly reason: string }

/** Asks whether a file may be stored. @throws RefusedError `upstream-failed` where the scanner does not work */
export type ScanFile = (file: SpooledFile) => Promise<ScanVerdict>

/** Whether equipment was fit for use, as the other parts of the product know. */
export type EquipmentStateAt = (
  ctx: Context,
  equipmentIds: readonly number[],
  at: Date,
) => Promise<
  ReadonlyMap<number, { readonly state: string; readonly reasons: readonly { readonly text: string }[] }>
>

/** What the verbs of research data need besides the context: settings, and functions of other parts. */
export type ResearchServices = {
  readonly codePolicy: CodePolicy
  /** whose samples and experiments somebody may write */
  readonly writeScope: 'own' | 'any'
  readonly largestFileBytes: number
  readonly scan: ScanFile | undefined
  readonly equipmentStates: EquipmentStateAt
}
