import { useRouter, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { AppLink } from '../../ui/AppLink.tsx'
import { insideApp } from '../../ui/app-path.ts'
import { AccessCard } from './AccessCard.tsx'
import { SignInForm } from './SignInForm.tsx'

/** The way in. Leads back to where the reader wanted to go. */
export function SignInPage(): ReactElement {
  const router = useRouter()
  const { next } = useSearch({ strict: false })
  const goOn = (): void => {
    const path = safeNext(next)
    // Pages of other interfaces (the browsable API) also send people here.
    if (path.startsWith('/api/')) globalThis.location.assign(path)
    else void router.navigate({ href: insideApp(path), replace: true })
  }
  return (
    <AccessCard title="Sign in" foot={<AppLink to="/forgot-password">Forgot your password?</AppLink>}>
      <SignInForm onSignedIn={goOn} />
    </AccessCard>
  )
}

/** Only paths of this origin: an address elsewhere would make the sign-in page a decoy. */
function safeNext(next: unknown): string {
  const isPath = typeof next === 'string' && /^\/(?![/\\])/.test(next)
  return isPath && !next.startsWith('/sign-in') ? next : '/'
}
