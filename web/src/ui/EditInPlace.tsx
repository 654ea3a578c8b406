import { ActionIcon } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, type ReactElement, useId, useRef, useState } from 'react'
import type { FieldMeta } from '../api/record-meta.ts'
import classes from './EditInPlace.module.css'
import { FieldValue } from './FieldValue.tsx'
import { RecordField } from './RecordField.tsx'
import { type FormValue, problemOf, toFormValue, toWireValue } from './record-values.ts'
import { useSiteZone } from './site.ts'

export interface EditInPlaceProps {
  readonly field: FieldMeta
  readonly value: unknown
  /** Sends the new value; a refusal keeps the field open with the reason below. */
  readonly onSave: (value: unknown) => Promise<void>
  readonly canChange: boolean
}

/** One fact that can be changed where it stands: Enter saves, Escape goes back. */
export function EditInPlace({ field, value, onSave, canChange }: EditInPlaceProps): ReactElement {
  const zone = useSiteZone()
  const [typed, setTyped] = useState<FormValue>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  const id = useId()

  const close = (): void => {
    setTyped(undefined)
    setProblem(undefined)
    requestAnimationFrame(() => pencil.current?.focus())
  }
  const save = async (next: FormValue): Promise<void> => {
    const wrong = problemOf(field, next, zone)
    setProblem(wrong)
    if (wrong !== undefined) return
    setBusy(true)
    try {
      await onSave(toWireValue(field, next, zone))
      close()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  if (typed === undefined) {
    return (
      <span className={classes.shown}>
        <FieldValue field={field} value={value} />
        {canChange ? (
          <ActionIcon
            ref={pencil}
            size="sm"
            className={classes.pencil}
            aria-label={`Change ${field.label}`}
            onClick={() => {
              setTyped(toFormValue(field, value, zone))
              requestAnimationFrame(() => document.getElementById(id)?.focus())
            }}
          >
            <IconPencil size={15} stroke={1.7} />
          </ActionIcon>
        ) : null}
      </span>
    )
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isBusy) void save(typed)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close()
  }
  return (
    <form className={classes.form} onSubmit={onSubmit} onKeyDown={onKey} noValidate>
      <RecordField
        field={field}
        id={id}
        value={typed}
        onChange={setTyped}
        onBlur={() => undefined}
        error={problem}
      />
      <div className={classes.buttons}>
        <button type="submit" disabled={isBusy}>
          Save
        </button>
        <button type="button" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  )
}
