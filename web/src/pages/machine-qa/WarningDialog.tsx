import { Button, Group, Modal } from '@mantine/core'
import type { ReactElement } from 'react'
import { StatusChip } from '../../ui/StatusChip.tsx'

/** What the list says when a result first reaches action level. */
export function WarningDialog({
  message,
  onClose,
}: {
  readonly message: string
  readonly onClose: () => void
}): ReactElement {
  return (
    <Modal
      opened
      onClose={onClose}
      title="A result is at action level"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <StatusChip token="act" variant="large">
        {message}
      </StatusChip>
      <Group justify="flex-end" mt={16}>
        <Button onClick={onClose} data-autofocus>
          Understood
        </Button>
      </Group>
    </Modal>
  )
}
