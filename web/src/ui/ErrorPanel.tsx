import { Button } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import classes from './ErrorPanel.module.css'
import { StatusIcon } from './StatusIcon.tsx'

interface Explanation {
  readonly title: string
  readonly advice: string
}

const BY_KIND: Readonly<Record<string, Explanation>> = {
  unreachable: {
    title: 'The server does not answer',
    advice: 'Check the network connection. What you entered is kept on this device.',
  },
  'not-permitted': {
    title: 'You may not see this',
    advice: 'An administrator can add the permission to one of your groups.',
  },
  'not-found': {
    title: 'This does not exist',
    advice: 'It may have been removed, or the address was mistyped.',
  },
  'too-many-attempts': { title: 'Too many attempts', advice: 'Wait a minute, then try again.' },
  'invalid-input': { title: 'This could not be read', advice: 'Change what was asked for, then try again.' },
  conflict: { title: 'Somebody else was faster', advice: 'Read the record again and repeat the change.' },
}

const DEFECT: Explanation = {
  title: 'Something in Touchstone went wrong',
  advice: 'Try again. If it happens again, report the number below.',
}

function explain(error: unknown): Explanation {
  return (error instanceof ApiError ? BY_KIND[error.kind] : undefined) ?? DEFECT
}

export interface ErrorPanelProps {
  readonly error: unknown
  readonly onRetry?: () => void
  /** Further ways out, such as a link to the list. */
  readonly children?: ReactNode
}

/** A part of a page that could not be shown: what happened, what to do, and the id under which it was logged. */
export function ErrorPanel({ error, onRetry, children }: ErrorPanelProps): ReactElement {
  const { title, advice } = explain(error)
  const message = error instanceof Error ? error.message : undefined
  const requestId = error instanceof ApiError ? error.requestId : undefined
  return (
    <div className={classes.panel} role="alert">
      <StatusIcon token="act" size={22} />
      <div className={classes.words}>
        <h2 className={classes.title}>{title}</h2>
        {message === undefined ? null : <p className={classes.message}>{message}</p>}
        <p className={classes.advice}>{advice}</p>
        <div className={classes.ways}>
          {onRetry === undefined ? null : (
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {children}
        </div>
        {requestId === undefined ? null : (
          <p className={classes.request}>
            Request <span className="ts-mono">{requestId}</span>
          </p>
        )}
      </div>
    </div>
  )
}
