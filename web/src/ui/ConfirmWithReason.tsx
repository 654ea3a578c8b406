import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react'
import { ApiError } from '../api/api-error.ts'

export interface ConfirmWithReasonProps {
  /** A question: `Void this session?` */
  readonly title: string
  /** What will happen, and whether it can be taken back. */
  readonly children: ReactNode
  /** The verb with its object: `Void session`. */
  readonly action: string
  readonly reason: 'required' | 'optional' | 'none'
  readonly danger?: boolean
  readonly onConfirm: (reason: string) => Promise<void>
  readonly onClose: () => void
}

/** Asks before something that others will see, and why. Stays open and explains when it was refused. */
export function ConfirmWithReason(props: ConfirmWithReasonProps): ReactElement {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  const confirm = async (): Promise<void> => {
    if (props.reason === 'required' && reason.trim() === '') {
      setProblem('Say why: the reason is kept in the history.')
      return
    }
    setBusy(true)
    setProblem(undefined)
    try {
      await props.onConfirm(reason.trim())
      props.onClose()
    } catch (error) {
      const id =
        error instanceof ApiError && error.requestId !== undefined ? ` (request ${error.requestId})` : ''
      setProblem(`${error instanceof Error ? error.message : String(error)}${id}`)
    } finally {
      setBusy(false)
    }
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void confirm()
  }

  return (
    <Modal opened onClose={props.onClose} title={props.title}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={16}>
          <div>{props.children}</div>
          {props.reason === 'none' ? (
            problem === undefined ? null : (
              <div role="alert" style={{ color: 'var(--ts-danger)' }}>
                {problem}
              </div>
            )
          ) : (
            <Textarea
              label={props.reason === 'required' ? 'Reason' : 'Reason (optional)'}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={problem}
              autosize
              minRows={2}
              data-autofocus
            />
          )}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy} {...(props.danger ? { color: 'red' } : {})}>
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
