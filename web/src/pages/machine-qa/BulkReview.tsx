import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { decisionsOf, reviewStatusesQuery, useBulkReview } from '../../api/machine-qa/reviewing.ts'
import type { SessionRow } from '../../api/machine-qa/sessions.ts'
import { toast, toastError } from '../../ui/toasts.ts'

export interface BulkReviewProps {
  readonly rows: readonly SessionRow[]
  readonly clear: () => void
}

/** One status for all results of the selected sessions; what is in progress or voided cannot be reviewed. */
export function BulkReview({ rows, clear }: BulkReviewProps): ReactElement {
  const statuses = useQuery(reviewStatusesQuery)
  const review = useBulkReview()
  const sessions = rows.filter(({ inProgress, voidedAt }) => !inProgress && voidedAt === null)
  const store = async (statusId: number, name: string): Promise<void> => {
    try {
      await review.mutateAsync({ sessions, statusId })
      clear()
      toast(`${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'}: ${name}.`)
    } catch (error) {
      toastError('The review was not stored', error)
    }
  }
  return (
    <>
      {decisionsOf(statuses.data ?? []).map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          disabled={sessions.length === 0}
          loading={review.isPending && review.variables.statusId === id}
          onClick={() => void store(id, name)}
        >
          Set {sessions.length} to {name}
        </Button>
      ))}
      {sessions.length === rows.length ? null : (
        <span className="ts-dim">{rows.length - sessions.length} cannot be reviewed</span>
      )}
    </>
  )
}
