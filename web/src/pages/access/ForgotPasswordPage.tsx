import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { requestPasswordReset } from '../../api/links.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { AccessCard } from './AccessCard.tsx'

/** Sends a link for a new password to an address, if it belongs to somebody. */
export function ForgotPasswordPage(): ReactElement {
  const [email, setEmail] = useState('')
  const [problem, setProblem] = useState<string>()
  const ask = useMutation({ mutationFn: requestPasswordReset, onError: (error) => setProblem(error.message) })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    const isAddress = /^\S+@\S+$/.test(email.trim())
    setProblem(isAddress ? undefined : 'Enter the e-mail address of your account.')
    if (isAddress) ask.mutate(email.trim())
  }
  const back = <AppLink to="/sign-in">Back to sign in</AppLink>
  if (ask.isSuccess) {
    return (
      <AccessCard title="Look into your mail" foot={back}>
        <p role="status">
          If <strong>{email.trim()}</strong> belongs to an account, a link for a new password is on its way.
          It works for one hour. Where no mail is set up, an administrator can set a new password.
        </p>
      </AccessCard>
    )
  }
  return (
    <AccessCard title="New password" foot={back}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={20}>
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="email"
            value={email}
            error={problem}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" loading={ask.isPending} fullWidth>
            Send link
          </Button>
        </Stack>
      </form>
    </AccessCard>
  )
}
