import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { type Session, signIn } from '../../api/session.ts'
import classes from './SignInForm.module.css'

export interface SignInFormProps {
  readonly onSignedIn: (session: Session) => void
  /** Filled in when the same person only has to repeat the password. */
  readonly username?: string
}

type Problem = { readonly message: string; readonly requestId?: string | undefined }

/** User name and password. Says what is wrong without telling which of the two it was. */
export function SignInForm({ onSignedIn, username = '' }: SignInFormProps): ReactElement {
  const [name, setName] = useState(username)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const passwordField = useRef<HTMLInputElement>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const problemId = useId()

  useEffect(() => {
    const first = username === '' ? nameField.current : passwordField.current
    first?.focus()
  }, [username])

  const submit = async (): Promise<void> => {
    const missing = name.trim() === '' ? nameField.current : password === '' ? passwordField.current : null
    if (missing !== null) {
      setProblem({ message: 'Enter user name and password.' })
      missing.focus()
      return
    }
    setBusy(true)
    setProblem(undefined)
    try {
      onSignedIn(await signIn(name.trim(), password))
    } catch (error) {
      setProblem(explain(error))
      setPassword('')
      passwordField.current?.focus()
    } finally {
      setBusy(false)
    }
  }

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void submit()
  }

  return (
    <form onSubmit={onSubmit} noValidate aria-describedby={problem === undefined ? undefined : problemId}>
      <Stack gap={16}>
        <TextInput
          ref={nameField}
          data-autofocus={username === '' || undefined}
          label="User name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          data-autofocus={username !== '' || undefined}
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
        />
        <div id={problemId} className={classes.problem} role="alert">
          {problem === undefined ? null : (
            <>
              {problem.message}
              {problem.requestId === undefined ? null : <small> Request {problem.requestId}</small>}
            </>
          )}
        </div>
        <Button type="submit" loading={isBusy} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}

function explain(error: unknown): Problem {
  if (!(error instanceof ApiError)) return { message: 'Signing in failed in this browser. Reload the page.' }
  if (error.status === 401)
    return { message: 'User name or password is wrong. Passwords tell capitals apart.' }
  if (error.kind === 'too-many-attempts')
    return { message: 'Too many attempts. Wait a minute, then try again.' }
  return { message: error.message, requestId: error.requestId }
}
