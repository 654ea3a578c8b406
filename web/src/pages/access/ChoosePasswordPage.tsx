import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { choosePassword, inspectLink } from '../../api/links.ts'
import { begin } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { AccessCard } from './AccessCard.tsx'
import { DeadLink } from './DeadLink.tsx'
import { useLinkSecret } from './link-secret.ts'

/** Behind the link of an invitation or a reset. */
export function ChoosePasswordPage(): ReactElement {
  const secret = useLinkSecret()
  const router = useRouter()
  const link = useQuery({
    queryKey: ['link', secret],
    queryFn: () => inspectLink(secret),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [typed, setTyped] = useState({ password: '', repeated: '' })
  const [problems, setProblems] = useState<{ password?: string; repeated?: string }>({})
  const choose = useMutation({
    mutationFn: () => choosePassword(secret, typed.password),
    onSuccess: (session) => {
      begin(session)
      void router.navigate({ href: '/', replace: true })
    },
    onError: (error) => setProblems({ password: problemOf(error) }),
  })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    const found = {
      ...(typed.password === '' ? { password: 'Enter a password.' } : {}),
      ...(typed.password === typed.repeated ? {} : { repeated: 'This differs from the password above.' }),
    }
    setProblems(found)
    if (Object.keys(found).length === 0) choose.mutate()
  }
  if (link.isError) return <DeadLink error={link.error} />
  return (
    <AccessCard title="Choose your password" foot={<AppLink to="/sign-in">Back to sign in</AppLink>}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={16}>
          <p style={{ margin: 0, minHeight: 24 }}>
            {link.data?.username ? (
              <>
                Your user name is <strong>{link.data.username}</strong>.
              </>
            ) : null}
          </p>
          {/* Lets password managers store both. */}
          <input type="text" autoComplete="username" value={link.data?.username ?? ''} readOnly hidden />
          <PasswordInput
            label="Password"
            description="At least ten characters. Several words are easier to keep in mind than signs."
            autoComplete="new-password"
            value={typed.password}
            error={problems.password}
            onChange={(event) => setTyped({ ...typed, password: event.currentTarget.value })}
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
          />
          <PasswordInput
            label="Password again"
            autoComplete="new-password"
            value={typed.repeated}
            error={problems.repeated}
            onChange={(event) => setTyped({ ...typed, repeated: event.currentTarget.value })}
            visibilityToggleButtonProps={{ 'aria-label': 'Show repeated password' }}
          />
          <Button type="submit" loading={choose.isPending} fullWidth>
            Choose password and sign in
          </Button>
        </Stack>
      </form>
    </AccessCard>
  )
}

function problemOf(error: Error): string {
  const named = error instanceof ApiError ? error.problems.map(({ problem }) => problem).join(' ') : ''
  return named === '' ? error.message : named
}
