import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ApiError } from '../api/api-error.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import classes from './PageOutcomes.module.css'

/** The address leads nowhere. */
export function NotFound(): ReactElement {
  return (
    <div className={classes.outcome}>
      <PageHeader title="Page not found" />
      <p>Nothing lives at this address. It may have been mistyped, or the page may have moved.</p>
      <p>
        <AppLink to="/">Go to your start page</AppLink>
      </p>
    </div>
  )
}

/** A page that could not be read or drawn. */
export function PageFailed({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter()
  const retry = (): void => {
    reset()
    void router.invalidate()
  }
  const isRefusal = error instanceof ApiError
  return (
    <div className={classes.outcome}>
      <PageHeader title={isRefusal ? 'Page not available' : 'Page failed'} />
      <ErrorPanel error={error} onRetry={retry}>
        <AppLink to="/">Go to your start page</AppLink>
      </ErrorPanel>
    </div>
  )
}
