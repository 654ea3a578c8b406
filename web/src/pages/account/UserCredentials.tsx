import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { inviteAgain, setPasswordOf } from '../../api/account.ts'
import { ApiError } from '../../api/api-error.ts'
import type { RecordTabProps } from '../../app/record-tabs.ts'
import { Banner } from '../../ui/Banner.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { toast, toastError } from '../../ui/toasts.ts'
import { SessionPanel } from './SessionPanel.tsx'
import { TokenPanel } from './TokenPanel.tsx'

/** How another user signs in, for administrators: password, tokens, sessions. */
export function UserCredentials({ id, title }: RecordTabProps): ReactElement {
  const [isSetting, setSetting] = useState(false)
  const invite = useMutation({
    mutationFn: () => inviteAgain(id),
    onSuccess: (made) =>
      toast(made.kind === 'mailed' ? `Invitation sent to ${made.to}.` : 'Invitation made.'),
    onError: (error) => toastError('No invitation was sent', error),
  })
  const link = invite.data?.kind === 'to-pass-on' ? invite.data.link : undefined
  return (
    <Stack gap={24} maw={820}>
      <Panel title="Password">
        <Stack gap={12}>
          <p style={{ margin: 0 }} className="ts-dim">
            An invitation lets people choose their own password, which nobody else then knows.
          </p>
          {link !== undefined ? (
            <Banner token="ok">
              Hand over this link, which works once: <CopyText value={link} />
            </Banner>
          ) : null}
          <Group gap={8}>
            <Button loading={invite.isPending} onClick={() => invite.mutate()}>
              Send invitation
            </Button>
            <Button variant="default" onClick={() => setSetting(true)}>
              Set password
            </Button>
          </Group>
        </Stack>
      </Panel>
      <TokenPanel holder={id} />
      <SessionPanel holder={id} />
      {isSetting ? <SetPassword id={id} title={title} onClose={() => setSetting(false)} /> : null}
    </Stack>
  )
}

interface SetPasswordProps extends RecordTabProps {
  readonly onClose: () => void
}

function SetPassword({ id, title, onClose }: SetPasswordProps): ReactElement {
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const set = useMutation({
    mutationFn: () => setPasswordOf(id, password),
    onSuccess: () => {
      toast(`Password of ${title} set.`)
      onClose()
    },
  })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(password === '')
    if (password !== '') set.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={`Set password of ${title}`} size="sm">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={16}>
          <PasswordInput
            label="New password"
            description="Their sessions and tokens end. Tell them to change it."
            autoComplete="new-password"
            data-autofocus
            value={password}
            error={isMissing ? 'Enter a password.' : problemOf(set.error)}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={set.isPending}>
              Set password
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function problemOf(error: Error | null): string | undefined {
  if (!(error instanceof ApiError) || error.problems.length === 0) return error?.message
  return error.problems.map(({ problem }) => problem).join(' ')
}
