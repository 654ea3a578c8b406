import { Modal } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { onSessionEnd } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { type Session, sessionQuery } from '../api/session.ts'
import { SignInForm } from '../pages/access/SignInForm.tsx'

type Waiting = { readonly promise: Promise<void>; readonly done: () => void }

/**
 * Asks to sign in again when the session has ended, above the page, so that whatever was being typed stays.
 * The refused requests wait and are sent again afterwards. Another person gets a fresh application instead.
 */
export function SignInDialog(): ReactElement | null {
  const [waiting, setWaiting] = useState<Waiting>()
  useEffect(() => {
    let current: Waiting | undefined
    onSessionEnd(() => {
      if (current === undefined) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const done = (): void => {
          current = undefined
          setWaiting(undefined)
          resolve()
        }
        current = { promise, done }
        setWaiting(current)
      }
      return current.promise
    })
  }, [])
  if (waiting === undefined) return null
  const before = queryClient.getQueryData(sessionQuery.queryKey)
  const goOn = (session: Session): void => {
    if (before && before.user.id !== session.user.id) globalThis.location.reload()
    else waiting.done()
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Sign in again"
      size="sm"
      zIndex={500}
    >
      <p style={{ marginTop: 0 }}>Your session has ended. What you entered is still here.</p>
      <SignInForm onSignedIn={goOn} {...(before ? { username: before.user.username } : {})} />
    </Modal>
  )
}
