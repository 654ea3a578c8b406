import type { Attachment } from '../domain/attachment.ts'
import type { Session } from '../domain/session.ts'
import type { NewResult } from '../domain/session-result.ts'

/**
 * A session as the audit trail keeps it: its own facts, and one member for each test, so that a history names the
 * tests that changed.
 */
export function auditedSession(
  session: Session,
  results: readonly (NewResult & { readonly attachments?: readonly Attachment[] })[],
): Record<string, unknown> {
  const {
    id: _id,
    version: _version,
    createdAt: _createdAt,
    createdById: _createdBy,
    modifiedAt: _modifiedAt,
    modifiedById: _modifiedBy,
    ...facts
  } = session
  const tests = results.map(
    ({ test, result, skipped, comment, passFail, statusId, valueText, attachments }) => [
      `test ${test.macro}`,
      {
        value: valueText ?? result.value ?? result.dateValue ?? result.datetimeValue ?? result.stringValue,
        ...(result.jsonValue === null ? {} : { result: result.jsonValue }),
        passFail,
        statusId,
        ...(skipped ? { skipped } : {}),
        ...(comment === '' ? {} : { comment }),
        ...(attachments?.length
          ? { files: attachments.map(({ label, sha256 }) => ({ label, sha256 })) }
          : {}),
      },
    ],
  )
  return { ...facts, ...Object.fromEntries(tests) }
}
