import { type ErrorComponentProps, useMatches, useRouter } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import classes from './PageOutcomes.module.css'

/** The address leads nowhere. */
export function NotFound(): ReactElement {
  return (
    <Outcome>
      <PageHeader title="Page not found" />
      <p>Nothing lives at this address. It may have been mistyped, or the page may have moved.</p>
      <p>
        <AppLink to="/">Go to your start page</AppLink>
      </p>
    </Outcome>
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
    <Outcome>
      <PageHeader title={isRefusal ? 'Page not available' : 'Page failed'} />
      <ErrorPanel error={error} onRetry={retry}>
        <AppLink to="/">Go to your start page</AppLink>
      </ErrorPanel>
    </Outcome>
  )
}

/** Outside the shell there is no landmark around the page. */
function Outcome({ children }: { readonly children: ReactNode }): ReactElement {
  const isInShell = useMatches({ select: (matches) => matches.some(({ routeId }) => routeId === '/shell') })
  const Landmark = isInShell ? 'div' : 'main'
  return (
    <Landmark className={classes.outcome} data-place={isInShell ? 'shell' : 'alone'}>
      {children}
    </Landmark>
  )
}
