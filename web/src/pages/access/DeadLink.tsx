import type { ReactElement } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { AccessCard } from './AccessCard.tsx'

/** A link from a mail that no longer works, or could not be looked at. */
export function DeadLink({ error }: { readonly error: Error }): ReactElement {
  const isDead = error instanceof ApiError && (error.status === 404 || error.status === 400)
  return (
    <AccessCard
      title={isDead ? 'This link no longer works' : 'The link could not be checked'}
      foot={<AppLink to="/sign-in">Back to sign in</AppLink>}
    >
      <p role="alert">
        {isDead
          ? 'Links work once and for a limited time. Ask for another one, or ask your administrator.'
          : `${error.message} Reload the page to try again.`}
      </p>
    </AccessCard>
  )
}
