import type { ReactElement } from 'react'
import { useSession } from '../api/session.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { Banner } from '../ui/Banner.tsx'

/** Conditions that matter to everybody, or that the signed-in person must end before working on. */
export function Announcements(): ReactElement {
  const { site, user } = useSession()
  return (
    <>
      {site.demo ? (
        <Banner token="todo">Demonstration data: nothing here is about a real machine or person.</Banner>
      ) : null}
      {user.mustChangePassword ? (
        <Banner token="warn" action={<AppLink to="/account?tab=password">Change password</AppLink>}>
          Your password was set by somebody else.
        </Banner>
      ) : null}
    </>
  )
}
