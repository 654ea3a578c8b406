import { useRouter, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Brand } from '../../ui/Brand.tsx'
import { usePagePlace } from '../../ui/page-place.ts'
import { SignInForm } from './SignInForm.tsx'
import classes from './SignInPage.module.css'

/** The way in. Leads back to where the reader wanted to go. */
export function SignInPage(): ReactElement {
  const router = useRouter()
  const { next } = useSearch({ strict: false })
  usePagePlace('Sign in', [])
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Brand />
        <h1 className={classes.title}>Sign in</h1>
        <SignInForm onSignedIn={() => void router.navigate({ href: safeNext(next), replace: true })} />
      </div>
      <p className={classes.foot}>No account, or a forgotten password? Ask your administrator.</p>
    </main>
  )
}

/** Only paths of this application: an address elsewhere would make the sign-in page a decoy. */
function safeNext(next: unknown): string {
  const isPath = typeof next === 'string' && /^\/(?![/\\])/.test(next)
  return isPath && !next.startsWith('/sign-in') ? next : '/'
}
