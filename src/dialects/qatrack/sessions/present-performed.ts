import { PASS_FAIL_LABELS } from '../../../modules/machine-qa/domain/pass-fail.ts'
import type {
  PerformedResult,
  PerformedSession,
} from '../../../modules/machine-qa/performing/performed-session.ts'
import type { Presenting } from '../resources/wire-resource.ts'
import { presentInstant } from '../wire/date-times.ts'
import { type Links, mediaLink, resourceLink, resourcePath, sessionPage } from '../wire/links.ts'
import { float } from '../wire/render-json.ts'

/**
 * A session as the answer to POST and PATCH shows it: another shape than reading it gives, with results by macro and
 * links without host among them.
 */
export function presentPerformed(
  { ctx: { zone }, links }: Presenting,
  { session, comment, results }: PerformedSession,
) {
  const user = (id: number | null) => (id === null ? null : resourceLink(links, 'auth/users', id))
  return {
    url: resourceLink(links, 'qa/testlistinstances', session.id),
    work_completed: presentInstant(session.workCompleted, zone),
    comment,
    tests: Object.fromEntries(results.map((result) => [result.test.macro, presentResult(links, result)])),
    unit_test_collection: resourceLink(links, 'qa/unittestcollections', session.assignmentId),
    test_list: resourceLink(links, 'qa/testlists', session.testListId),
    site_url: sessionPage(links, session.id),
    work_started: presentInstant(session.workStarted, zone),
    due_date: presentInstant(session.dueDate, zone),
    in_progress: session.inProgress,
    flagged: session.flagged,
    user_key: session.userKey,
    include_for_scheduling: session.includeForScheduling,
    reviewed: presentInstant(session.reviewed, zone),
    all_reviewed: session.allReviewed,
    day: session.day,
    reviewed_by: user(session.reviewedById),
    created_by: user(session.createdById),
  }
}

function presentResult(links: Links, shown: PerformedResult) {
  const { id, result, reference, tolerance } = shown
  return {
    url: resourcePath(links, 'qa/testinstances', id),
    value: float(result.value),
    string_value: result.stringValue,
    date_value: result.dateValue,
    datetime_value: presentInstant(result.datetimeValue, 'UTC'),
    value_display: shown.valueDisplay,
    diff_display: shown.diffDisplay,
    pass_fail: [shown.passFail, PASS_FAIL_LABELS[shown.passFail]],
    skipped: shown.skipped,
    comment: shown.comment,
    status: resourcePath(links, 'qa/testinstancestatus', shown.statusId),
    reference: reference && resourcePath(links, 'qa/references', reference.id),
    tolerance: tolerance && resourcePath(links, 'qa/tolerances', tolerance.id),
    attachments: shown.attachments.map(({ path }) => mediaLink(links, path, 'path')),
  }
}
