import { Modal } from '@mantine/core'
import type { ReactElement } from 'react'
import { queryClient } from '../api/query-client.ts'
import { type Session, useSession } from '../api/session.ts'
import { SignInForm } from '../pages/access/SignInForm.tsx'
import { toast } from '../ui/toasts.ts'

/**
 * Hands a shared console to another person above the page, so that whatever was being typed stays and is stored under
 * the name of whoever submits it.
 */
export function ChangeUserDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { user } = useSession()
  const goOn = (session: Session): void => {
    // what the person before could see is not the next one's to see
    queryClient.removeQueries({ type: 'inactive' })
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    toast(`${session.user.fullName || session.user.username} goes on.`)
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title="Change user"
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p style={{ marginTop: 0 }}>
        {user.fullName || user.username} is signed in. What is typed on this page stays, and belongs to
        whoever submits it.
      </p>
      <SignInForm onSignedIn={goOn} />
    </Modal>
  )
}
