import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import classes from './setup.module.css'

export interface SaveProblemProps {
  readonly error: Error | null
  /** What was not saved: `The list`. */
  readonly what: string
  /** Reads again what is stored and forgets the changes. */
  readonly onReload: () => void
}

/** Why a save was refused: the rules' own words, or somebody else who saved first. */
export function SaveProblem({ error, what, onReload }: SaveProblemProps): ReactElement | null {
  if (error === null) return null
  const isConflict = error instanceof ApiError && error.kind === 'conflict'
  if (isConflict) {
    return (
      <div className={classes.conflict} role="alert">
        <p>
          <strong>{what} was changed by somebody else while you worked on it.</strong> Nothing of yours was
          saved. Reload to see it as it is now; your changes go away.
        </p>
        <Button variant="default" onClick={onReload}>
          Reload
        </Button>
      </div>
    )
  }
  const problems = error instanceof ApiError ? error.problems.map(({ problem }) => ({ text: problem })) : []
  return (
    <ErrorSummary
      title={`${what} was not saved`}
      problems={problems.length > 0 ? problems : [{ text: error.message }]}
      requestId={error instanceof ApiError ? error.requestId : undefined}
    />
  )
}
