import type { Attachment } from '../domain/attachment.ts'
import { diffDisplay } from '../domain/diff-display.ts'
import type { Session } from '../domain/session.ts'
import type { SessionResult } from '../domain/session-result.ts'
import { valueDisplay } from '../domain/value-display.ts'

/** A result with its files, and as people see it. */
export type PerformedResult = SessionResult & {
  /** the uploaded file first, then those that its procedure wrote */
  readonly attachments: readonly Attachment[]
  readonly valueDisplay: string
  readonly diffDisplay: string
}

/** A session as a verb leaves it. */
export type PerformedSession = {
  readonly session: Session
  /** what the caller said about the session in this very request */
  readonly comment: string | null
  readonly results: readonly PerformedResult[]
}

/** Address of an attachment, without host. */
export function attachmentAddress({ path }: Pick<Attachment, 'path'>): string {
  return `/media/${path}`
}

export function performedResult(
  result: SessionResult,
  attachments: readonly Attachment[],
  zone: string,
): PerformedResult {
  const [file] = attachments
  return {
    ...result,
    attachments,
    valueDisplay: valueDisplay(
      {
        test: result.test,
        result: result.result,
        skipped: result.skipped,
        ...(file ? { file: { name: file.label, address: attachmentAddress(file) } } : {}),
      },
      zone,
    ),
    diffDisplay: diffDisplay({
      test: result.test,
      value: result.result.value,
      reference: result.reference,
      tolerance: result.tolerance?.tolerance ?? null,
    }),
  }
}
