import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WireSessionDetails } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import type { StatusToken } from '../../theme/tokens.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import type { Crumb } from '../../ui/page-place.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import type { RunPlace } from './queue-run.ts'
import classes from './review.module.css'
import { partResults } from './review-choice.ts'

export interface ReviewHeaderProps {
  readonly session: WireSessionDetails
  readonly crumbs: readonly Crumb[]
  readonly place: RunPlace
  readonly onGo: (item: { readonly id: number } | undefined) => void
}

/** Which session, how it turned out, where it stands in the queue, and what people said about it. */
export function ReviewHeader({ session, crumbs, place, onGo }: ReviewHeaderProps): ReactElement {
  const { assignment, list, comments } = session
  const state = stateOf(session)
  return (
    <>
      <PageHeader
        title={list?.name ?? assignment.name}
        kind={`Review · Unit ${assignment.unit.number} · ${assignment.unit.name}`}
        crumbs={crumbs}
        status={
          <StatusChip token={state.token} variant="soft">
            {state.word}
          </StatusChip>
        }
        facts={
          <FactsLine>
            {place.position === 0 ? null : (
              <span className="ts-num">
                {place.position} of {place.count} to review
              </span>
            )}
            <span>
              Completed <RelativeTime at={session.workCompleted} />
              {session.performedBy === null ? '' : ` by ${session.performedBy}`}
            </span>
            {session.allReviewed ? (
              <span>
                Reviewed <RelativeTime at={session.reviewedAt} hint="tooltip" /> by{' '}
                {session.reviewedBy ?? 'the rules'}
              </span>
            ) : null}
            <AppLink to={`/machine-qa/sessions/${session.id}`}>Session {session.id}</AppLink>
          </FactsLine>
        }
        actions={
          <>
            <Button
              variant="subtle"
              disabled={place.previous === undefined}
              onClick={() => onGo(place.previous)}
            >
              Previous
            </Button>
            <Button variant="subtle" disabled={place.next === undefined} onClick={() => onGo(place.next)}>
              Next
            </Button>
          </>
        }
      />
      {comments.length === 0 ? null : (
        <ul className={classes.comments} aria-label="Comments on the session">
          {comments.map(({ at, by, text }) => (
            <li key={`${at} ${text}`}>
              <q>{text}</q>
              <span className="ts-dim">
                {by ?? 'Touchstone'} · <RelativeTime at={at} hint="tooltip" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function stateOf({
  voided,
  allReviewed,
  results,
}: Pick<WireSessionDetails, 'voided' | 'allReviewed' | 'results'>): {
  readonly token: StatusToken
  readonly word: string
} {
  if (voided !== null) return { token: 'void', word: 'Voided' }
  if (allReviewed) return { token: 'ok', word: 'Reviewed' }
  const count = partResults(results).differences.length
  if (count === 0) return { token: 'ok', word: 'All passed' }
  return { token: 'warn', word: `${count} ${count === 1 ? 'needs' : 'need'} your eyes` }
}
