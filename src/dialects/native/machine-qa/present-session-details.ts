import type { SessionDetails } from '../../../modules/machine-qa/session-details.ts'
import type { WireResult, WireSessionDetails } from './performing.schema.ts'
import { presentAssignment, presentComment, presentList, presentStatus } from './present-performing-form.ts'
import { presentAttachment, presentTest, presentValue } from './present-test.ts'

/** Everything the page of a session needs, as JSON. */
export function presentSessionDetails(details: SessionDetails, zone: string): WireSessionDetails {
  const { session, people, previous, next } = details
  const nameOf = (id: number | null): string | null => {
    const person = id === null ? undefined : people.get(id)
    return person === undefined ? null : person.fullName || person.username
  }
  return {
    id: session.id,
    version: session.version,
    assignment: presentAssignment(details.assignment),
    list: details.list && presentList(details.list),
    sublists: [...details.sublists.values()].map(presentList),
    day: session.day,
    workStarted: session.workStarted.toISOString(),
    workCompleted: session.workCompleted.toISOString(),
    dueAt: session.dueDate?.toISOString() ?? null,
    inProgress: session.inProgress,
    flagged: session.flagged,
    includeForScheduling: session.includeForScheduling,
    userKey: session.userKey,
    performedBy: nameOf(session.createdById),
    modifiedAt: session.modifiedAt.toISOString(),
    modifiedBy: nameOf(session.modifiedById),
    reviewedAt: session.reviewed?.toISOString() ?? null,
    reviewedBy: nameOf(session.reviewedById),
    allReviewed: session.allReviewed,
    voided: session.voidedAt && {
      at: session.voidedAt.toISOString(),
      by: nameOf(session.voidedById),
      reason: session.voidReason ?? '',
    },
    results: details.results.map((result) => presentResult(result, nameOf, zone)),
    comments: details.comments.map((comment) => presentComment(comment, nameOf)),
    attachments: details.attachments.map(presentAttachment),
    statuses: details.statuses.map(presentStatus),
    previous: previous && { id: previous.id, at: previous.workCompleted.toISOString() },
    next: next && { id: next.id, at: next.workCompleted.toISOString() },
    rights: details.rights,
  }
}

function presentResult(
  result: SessionDetails['results'][number],
  nameOf: (id: number | null) => string | null,
  zone: string,
): WireResult {
  return {
    ...presentTest(result, result.page, {
      reference: result.referenceDisplay,
      history: result.history,
      attachments: [],
      zone,
    }),
    resultId: result.id,
    value: presentValue(result.test.type, result.result),
    // an upload's display is a link in HTML; its files stand beside it
    valueDisplay:
      result.test.type === 'upload' && !result.skipped
        ? (result.attachments[0]?.label ?? '')
        : result.valueDisplay,
    diffDisplay: result.diffDisplay,
    passFail: result.passFail,
    skipped: result.skipped,
    comment: result.comment,
    statusId: result.statusId,
    reviewedAt: result.reviewDate?.toISOString() ?? null,
    reviewedBy: nameOf(result.reviewedById),
    files: result.attachments.map(presentAttachment),
  }
}
