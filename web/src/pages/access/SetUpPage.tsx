import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { type FirstAdministrator, inspectLink, setUp } from '../../api/links.ts'
import { begin } from '../../api/session.ts'
import { AccessCard } from './AccessCard.tsx'
import { DeadLink } from './DeadLink.tsx'
import { useLinkSecret } from './link-secret.ts'

const EMPTY: FirstAdministrator = { username: '', password: '', firstName: '', lastName: '', email: '' }
type Problems = Partial<Record<keyof FirstAdministrator, string>>

/** The first start of a site: makes its administrator. */
export function SetUpPage(): ReactElement {
  const secret = useLinkSecret()
  const router = useRouter()
  const link = useQuery({
    queryKey: ['link', secret],
    queryFn: () => inspectLink(secret),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [person, setPerson] = useState(EMPTY)
  const [problems, setProblems] = useState<Problems>({})
  const make = useMutation({
    mutationFn: () => setUp(secret, person),
    onSuccess: (session) => {
      begin(session)
      void router.navigate({ href: '/', replace: true })
    },
    onError: (error) => setProblems(problemsOf(error)),
  })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    const found: Problems = {
      ...(person.username.trim() === '' ? { username: 'Enter a user name.' } : {}),
      ...(person.password === '' ? { password: 'Enter a password.' } : {}),
    }
    setProblems(found)
    if (Object.keys(found).length === 0) make.mutate()
  }
  if (link.isError) return <DeadLink error={link.error} />
  const field = (name: keyof FirstAdministrator, label: string, autoComplete: string): ReactElement => (
    <TextInput
      label={label}
      autoComplete={autoComplete}
      value={person[name]}
      error={problems[name]}
      onChange={(event) => setPerson({ ...person, [name]: event.currentTarget.value })}
    />
  )
  return (
    <AccessCard title="Set up Touchstone">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={16}>
          <p style={{ margin: 0 }}>This account administers the site. It can make all others.</p>
          {field('username', 'User name', 'username')}
          <PasswordInput
            label="Password"
            description="At least ten characters."
            autoComplete="new-password"
            value={person.password}
            error={problems.password}
            onChange={(event) => setPerson({ ...person, password: event.currentTarget.value })}
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
          />
          {field('firstName', 'First name', 'given-name')}
          {field('lastName', 'Last name', 'family-name')}
          {field('email', 'E-mail address', 'email')}
          <Button type="submit" loading={make.isPending} fullWidth>
            Create administrator
          </Button>
        </Stack>
      </form>
    </AccessCard>
  )
}

function problemsOf(error: Error): Problems {
  const named = error instanceof ApiError ? error.problems : []
  const known = named.filter(({ field }) => field in EMPTY)
  if (known.length === 0) return { username: error.message }
  const byField = Map.groupBy(known, ({ field }) => field)
  return Object.fromEntries(
    [...byField].map(([field, all]) => [field, all.map(({ problem }) => problem).join(' ')]),
  )
}
