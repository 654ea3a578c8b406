import { Button, Group, Modal } from '@mantine/core'
import type { ReactElement } from 'react'

/** Asks before a list is left that was not stored. */
export function LeaveDialog({
  isKept,
  onStay,
  onLeave,
}: {
  /** Whether the server has the draft; this device has it in any case. */
  readonly isKept: boolean
  readonly onStay: () => void
  readonly onLeave: () => void
}): ReactElement {
  return (
    <Modal opened onClose={onStay} title="Leave without submitting?">
      <p>
        What you entered is kept as a draft {isKept ? '' : 'on this device '}and will be here when you come
        back. Nobody else sees it until the session is saved or submitted.
      </p>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onLeave}>
          Leave
        </Button>
        <Button onClick={onStay} data-autofocus>
          Stay
        </Button>
      </Group>
    </Modal>
  )
}
