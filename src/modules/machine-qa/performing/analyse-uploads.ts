import { actingUserId } from '../../../core/actor.ts'
import type { SnippetResult } from '../../calculations/domain/calculation.ts'
import { jsonOfValue } from '../../calculations/domain/python-value.ts'
import type { Attachment } from '../domain/attachment.ts'
import type { QaTest } from '../domain/listed-test.ts'
import type { JsonValue } from '../domain/test-result.ts'
import { readUpload } from '../domain/uploaded-content.ts'
import { findAttachment, findAttachmentsOf } from '../store/attachments.ts'
import { type CalculationBase, snippetOf } from './calculation-base.ts'
import { bringsValue, isEnteredAsSkipped, type Performance } from './performance.ts'
import type { PerformingContext } from './performing-context.ts'
import { LARGEST_FILE_BYTES, type ReceivedFile } from './received-file.ts'
import { refuseSubmission } from './refusals.ts'

/** Where the file of an upload test stands. */
export type UploadSource =
  /** not stored yet */
  | { readonly kind: 'received'; readonly file: ReceivedFile }
  /** sent while performing; waits for its session */
  | { readonly kind: 'temporary'; readonly attachment: Attachment }
  /** belongs to the result already */
  | { readonly kind: 'kept'; readonly attachment: Attachment }

/** What the procedure of an upload made of its file. */
export type UploadAnalysis = {
  readonly result: JsonValue
  readonly comment: string | null
  /** files the procedure wrote */
  readonly written: readonly ReceivedFile[]
  /** skip states the procedure changed */
  readonly skips: Readonly<Record<string, boolean>>
}

/**
 * Finds the file of an upload test: the one that was sent, or the one that its result has.
 *
 * @returns undefined when there is none; whether that is permitted shows later
 * @throws RefusedError for an entry that should bring a file and does not
 */
export async function findUploadSource(
  ctx: PerformingContext,
  performance: Performance,
  { macro }: QaTest,
): Promise<UploadSource | undefined> {
  const sent = performance.submitted.get(macro)
  const before = performance.before.get(macro)
  if (isEnteredAsSkipped(performance, macro) && (before || performance.manner === 'form')) return undefined
  if (sent?.attachmentId !== undefined) return temporarySource(ctx, macro, sent.attachmentId, before?.id)
  if (sent && (bringsValue(sent) || (!before && performance.manner === 'script'))) {
    const read = readUpload(macro, sent)
    if ('problem' in read) throw refuseSubmission(read.problem)
    const { filename, content } = read.upload
    return { kind: 'received', file: { name: filename, content } }
  }
  if (!before) return undefined
  const [original] = await findAttachmentsOf(ctx.db, 'result', [before.id])
  return original && { kind: 'kept', attachment: original }
}

async function temporarySource(
  ctx: PerformingContext,
  macro: string,
  id: number,
  resultId: number | undefined,
): Promise<UploadSource> {
  const attachment = await findAttachment(ctx.db, id)
  if (attachment) {
    const { owner, createdById } = attachment
    if (owner.kind === 'result' && owner.id === resultId) return { kind: 'kept', attachment }
    const isOwn = createdById === actingUserId(ctx.actor)
    if (owner.kind === 'temporary' && isOwn) return { kind: 'temporary', attachment }
  }
  throw refuseSubmission(`${macro}: Original file not found. Please re-upload.`)
}

/** Runs the procedure of an upload test over its file. @throws RefusedError naming the macro when it fails */
export async function analyseUploadedFile(
  ctx: PerformingContext,
  test: QaTest,
  source: UploadSource,
  base: CalculationBase,
): Promise<UploadAnalysis> {
  const { analysis, errors } = await runUploadProcedure(ctx, test, source, base)
  if (errors.length > 0) throw refuseSubmission(`Error with ${test.macro} test: ${errors.join('\n')}`)
  return analysis
}

/** As {@link analyseUploadedFile}, with what went wrong as texts. */
export async function runUploadProcedure(
  ctx: PerformingContext,
  test: QaTest,
  source: UploadSource,
  base: CalculationBase,
): Promise<{ readonly analysis: UploadAnalysis; readonly errors: readonly string[] }> {
  const { macro, procedure } = test
  if (procedure.trim() === '') return { analysis: NO_ANALYSIS, errors: [] }
  const file = await fileOf(ctx, source)
  const answer = await ctx.calculations.evaluate({
    ...base,
    snippets: [{ ...snippetOf(test), file }],
  })
  const analysed = answer.results.get(macro)
  const outcome = analysed?.outcome
  const analysis = {
    result: outcome?.kind === 'value' ? jsonOfValue(outcome.value) : null,
    comment: analysed?.comment ?? null,
    written: writtenFiles(analysed),
    skips: answer.skips,
  }
  const hasFailed = outcome !== undefined && outcome.kind !== 'value' && outcome.kind !== 'waiting'
  return { analysis, errors: hasFailed ? [outcome.error] : [] }
}

const NO_ANALYSIS: UploadAnalysis = { result: null, comment: null, written: [], skips: {} }

export function writtenFiles(analysed: SnippetResult | undefined): readonly ReceivedFile[] {
  return analysed?.attachments ?? []
}

async function fileOf(ctx: PerformingContext, source: UploadSource): Promise<ReceivedFile> {
  if (source.kind === 'received') return source.file
  const { label, sha256 } = source.attachment
  return { name: label, content: await ctx.blobs.read(sha256, LARGEST_FILE_BYTES) }
}
