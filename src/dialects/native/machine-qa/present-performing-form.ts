import type { PerformingForm } from '../../../modules/machine-qa/performing-form.ts'
import type {
  WireAssignment,
  WireComment,
  WireDraft,
  WirePerformingForm,
  WireStatus,
} from './performing.schema.ts'
import { presentAttachment, presentHtml, presentTest, presentValue } from './present-test.ts'

/** Everything the performing page needs, as JSON. */
export function presentPerformingForm(form: PerformingForm, zone: string): WirePerformingForm {
  const { list, session } = form
  return {
    assignment: presentAssignment(form.assignment),
    list: presentList(list),
    day: form.day,
    days: form.days.map(({ day, label, testListId }) => ({ day, label, testListId })),
    dayChooserLabel: form.dropDownLabel,
    sublists: [...form.sublists.values()].map(presentList),
    tests: form.tests.map((test) => ({
      ...presentTest(test, test.page, {
        reference: test.referenceDisplay,
        history: test.history,
        attachments: test.attachments,
        zone,
      }),
      before: test.before && {
        value: presentValue(test.test.type, test.before.result),
        skipped: test.before.skipped,
        comment: test.before.comment,
        attachments: test.before.attachments.map(presentAttachment),
      },
    })),
    attachments: form.attachments.map(presentAttachment),
    defaults: Object.fromEntries([...form.defaults].map(([macro, { value }]) => [macro, value])),
    inProgress: form.sessionsInProgress.map(({ id, workStarted, createdBy, day }) => ({
      id,
      startedAt: workStarted.toISOString(),
      by: createdBy?.fullName ?? null,
      day,
    })),
    draft: draftFor(form),
    statuses: form.statuses.map(presentStatus),
    rights: form.rights,
    session: session && {
      id: session.id,
      workStarted: session.workStarted.toISOString(),
      workCompleted: session.workCompleted.toISOString(),
      inProgress: session.inProgress,
    },
    comments: form.comments.map((comment) => presentComment(comment, () => null)),
  }
}

/** The caller's draft for just this list, day and session. */
function draftFor({ drafts, list, day, session }: PerformingForm): WireDraft | null {
  const draft = drafts.find(
    (each) => each.testListId === list.id && each.day === day && each.sessionId === (session?.id ?? null),
  )
  return draft
    ? {
        savedAt: draft.savedAt.toISOString(),
        workStarted: draft.workStarted?.toISOString() ?? null,
        workCompleted: draft.workCompleted?.toISOString() ?? null,
        ...draft.data,
      }
    : null
}

export function presentAssignment({
  id,
  name,
  unit,
  frequency,
  dueDate,
}: PerformingForm['assignment']): WireAssignment {
  return {
    id,
    name,
    unit: { id: unit.id, number: unit.number, name: unit.name },
    frequency: frequency?.name ?? null,
    dueAt: dueDate?.toISOString() ?? null,
  }
}

export function presentList({ id, name, description, warningMessage }: PerformingForm['list']) {
  return { id, name, description: presentHtml(description), warningMessage }
}

export function presentStatus(status: PerformingForm['statuses'][number]): WireStatus {
  const { id, name, colour, isDefault, requiresReview, valid } = status
  return { id, name, colour, isDefault, requiresReview, valid }
}

export function presentComment(
  { submitDate, userId, comment }: PerformingForm['comments'][number],
  nameOf: (userId: number | null) => string | null,
): WireComment {
  return { at: submitDate.toISOString(), by: nameOf(userId), text: comment }
}
