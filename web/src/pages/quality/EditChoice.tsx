import { MultiSelect, Select, Switch, TagsInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { problemOf } from './EditField.tsx'
import { useEditing } from './editing.ts'
import classes from './quality.module.css'

export interface Choice {
  readonly value: string
  readonly label: string
}

interface Common {
  readonly label: string
  readonly description?: string | undefined
}

/** Stores at once and shows why it was refused. */
function useSaving(): readonly [string | undefined, (save: () => Promise<void>) => void] {
  const [problem, setProblem] = useState<string>()
  const run = async (save: () => Promise<void>): Promise<void> => {
    setProblem(undefined)
    try {
      await save()
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return [problem, (save) => void run(save)]
}

/** One of several, stored when it is chosen. */
export function EditChoice({
  label,
  description,
  value,
  choices,
  onSave,
}: Common & {
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onSave: (value: string) => Promise<void>
}): ReactElement {
  const { mayEdit, why } = useEditing()
  const [problem, save] = useSaving()
  const isKnown = choices.some((choice) => choice.value === value)
  return (
    <Select
      className={classes.field ?? ''}
      label={label}
      description={mayEdit ? description : why}
      data={isKnown ? [...choices] : [{ value, label: value || '–' }, ...choices]}
      value={value}
      allowDeselect={false}
      searchable={choices.length > 8}
      disabled={!mayEdit}
      error={problem}
      onChange={(next) => {
        if (next !== null && next !== value) save(() => onSave(next))
      }}
    />
  )
}

/** Several texts, of given ones or free, stored when one is added or taken away. */
export function EditTexts({
  label,
  description,
  values,
  choices,
  isOpen,
  placeholder,
  onSave,
}: Common & {
  readonly values: readonly string[]
  readonly choices: readonly string[]
  /** whether others than the choices may be entered */
  readonly isOpen: boolean
  readonly placeholder?: string
  readonly onSave: (values: readonly string[]) => Promise<void>
}): ReactElement {
  const { mayEdit, why } = useEditing()
  const [problem, save] = useSaving()
  const props = {
    className: classes.field ?? '',
    label,
    description: mayEdit ? description : why,
    data: [...new Set([...choices, ...(isOpen ? [] : values)])],
    value: [...values],
    disabled: !mayEdit,
    error: problem,
    placeholder: values.length === 0 ? (placeholder ?? '') : '',
    onChange: (next: string[]) => save(() => onSave(next)),
  }
  return isOpen ? <TagsInput {...props} acceptValueOnBlur /> : <MultiSelect {...props} searchable />
}

export function EditSwitch({
  label,
  description,
  isOn,
  onSave,
}: Common & {
  readonly isOn: boolean
  readonly onSave: (isOn: boolean) => Promise<void>
}): ReactElement {
  const { mayEdit, why } = useEditing()
  const [problem, save] = useSaving()
  return (
    <Switch
      className={classes.field ?? ''}
      label={label}
      description={mayEdit ? description : why}
      checked={isOn}
      disabled={!mayEdit}
      error={problem}
      onChange={(event) => {
        const next = event.currentTarget.checked
        save(() => onSave(next))
      }}
    />
  )
}
