import { Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { useEditing } from './editing.ts'
import classes from './quality.module.css'

export interface EditFieldProps {
  readonly label: string
  readonly value: string
  /** what holds where nothing is entered */
  readonly placeholder?: string
  readonly unit?: string | undefined
  readonly required?: boolean
  readonly description?: string | undefined
  readonly kind?: 'text' | 'number' | 'date' | 'password' | 'long'
  /** @param force stores it whatever somebody else stored meanwhile */
  readonly onSave: (value: string, force: boolean) => Promise<void>
}

/** A fact that is changed where it stands: Enter or leaving stores it, Escape goes back. Says why it cannot be. */
export function EditField(props: EditFieldProps): ReactElement {
  const { label, value, kind = 'text' } = props
  const { mayEdit, why } = useEditing()
  const { typed, setTyped, failure, back, save } = useTyped(props)
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') back()
    if (event.key === 'Enter' && (kind !== 'long' || event.ctrlKey || event.metaKey)) save()
  }
  const common = {
    label,
    required: props.required === true,
    placeholder: props.placeholder ?? '',
    description: mayEdit ? props.description : why,
    disabled: !mayEdit,
    value: typed ?? value,
    error: failure === undefined ? undefined : problemOf(failure),
    onBlur: () => save(),
    onKeyDown: onKey,
  }
  return (
    <div className={classes.field}>
      {kind === 'long' ? (
        <Textarea
          {...common}
          autosize
          minRows={2}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...common}
          type={kind === 'number' ? 'text' : kind}
          inputMode={kind === 'number' ? 'decimal' : undefined}
          autoComplete={kind === 'password' ? 'new-password' : 'off'}
          rightSection={props.unit === undefined ? undefined : <span className="ts-dim">{props.unit}</span>}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Conflict failure={failure} onMine={() => save(true)} onTheirs={back} />
    </div>
  )
}

/** What somebody else stored meanwhile, and which of both is to stay. */
function Conflict({
  failure,
  onMine,
  onTheirs,
}: {
  readonly failure: unknown
  readonly onMine: () => void
  readonly onTheirs: () => void
}): ReactElement | null {
  if (!(failure instanceof ApiError) || failure.kind !== 'conflict') return null
  return (
    <p className={classes.conflict}>
      Stored now: {JSON.stringify(Object.values(failure.current ?? {})[0] ?? null)}
      <button type="button" className={classes.textButton} onClick={onMine}>
        Store mine
      </button>
      <button type="button" className={classes.textButton} onClick={onTheirs}>
        Keep theirs
      </button>
    </p>
  )
}

/** What is typed until it is stored, and why it could not be. */
function useTyped({ value, onSave, kind }: EditFieldProps) {
  const [typed, setTyped] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const back = (): void => {
    setTyped(undefined)
    setFailure(undefined)
  }
  const store = async (text: string, force: boolean): Promise<void> => {
    setBusy(true)
    try {
      await onSave(text, force)
      back()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const save = (force = false): void => {
    if (typed === undefined || isBusy) return
    const text = kind === 'number' ? typed.trim().replace(',', '.') : typed
    if (text === value && !force) back()
    else if (kind === 'number' && Number.isNaN(Number(text))) setFailure(new Error('This must be a number.'))
    else void store(text, force)
  }
  return { typed, setTyped, failure, back, save }
}

/** Why something was refused: the words about the field where there are any. */
export function problemOf(failure: unknown): string {
  if (failure instanceof ApiError) return failure.problems[0]?.problem ?? failure.message
  return failure instanceof Error ? failure.message : String(failure)
}
