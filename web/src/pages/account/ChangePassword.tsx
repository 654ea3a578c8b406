import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { changePassword } from '../../api/account.ts'
import { ApiError } from '../../api/api-error.ts'
import { sessionQuery } from '../../api/session.ts'
import { toast } from '../../ui/toasts.ts'

const EMPTY = { current: '', next: '', repeated: '' }
type Passwords = typeof EMPTY

/** What is wrong before anything is sent; the rules for good passwords are the server's. */
function problemsOf({ current, next, repeated }: Passwords): Partial<Passwords> {
  return {
    ...(current === '' ? { current: 'Enter the password you use now.' } : {}),
    ...(next === '' ? { next: 'Enter a new password.' } : {}),
    ...(next !== repeated ? { repeated: 'This differs from the new password.' } : {}),
  }
}

/** A new password for the signed-in user, who has to know the old one. */
export function ChangePassword(): ReactElement {
  const [typed, setTyped] = useState<Passwords>(EMPTY)
  const [problems, setProblems] = useState<Partial<Passwords>>({})
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: () => changePassword(typed.current, typed.next),
    onSuccess: async () => {
      setTyped(EMPTY)
      toast('Password changed.')
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
    onError: (error) => setProblems(explain(error)),
  })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    const found = problemsOf(typed)
    setProblems(found)
    if (Object.keys(found).length === 0) change.mutate()
  }
  const field = (name: keyof Passwords, label: string, autoComplete: string): ReactElement => (
    <PasswordInput
      label={label}
      autoComplete={autoComplete}
      value={typed[name]}
      error={problems[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
      visibilityToggleButtonProps={{ 'aria-label': `Show ${label.toLowerCase()}` }}
    />
  )
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap={20} maw={420}>
        {field('current', 'Present password', 'current-password')}
        {field('next', 'New password', 'new-password')}
        {field('repeated', 'New password again', 'new-password')}
        <div>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </div>
      </Stack>
    </form>
  )
}

function explain(error: Error): Partial<Passwords> {
  const named = error instanceof ApiError ? error.problems : []
  const problem = (name: string): string | undefined => named.find(({ field }) => field === name)?.problem
  const [current, next] = [problem('current'), problem('next')]
  if (current === undefined && next === undefined) return { current: error.message }
  return { ...(current === undefined ? {} : { current }), ...(next === undefined ? {} : { next }) }
}
