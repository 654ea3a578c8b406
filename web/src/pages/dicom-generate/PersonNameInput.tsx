import { Input, TextInput } from '@mantine/core'
import { type ReactElement, useId } from 'react'
import type { FieldInputProps } from './FieldInput.tsx'
import { joinName, NAME_PARTS, splitName } from './field-values.ts'
import classes from './generate.module.css'
import { fieldId } from './use-generate-form.ts'

/** A person name by its components; the groups in other scripts are kept as they are. */
export function PersonNameInput({
  field,
  value,
  problem,
  onChange,
  description,
}: FieldInputProps & { readonly description: string }): ReactElement {
  const { parts, rest } = splitName(value)
  const id = useId()
  return (
    <fieldset className={classes.name} aria-describedby={problem === undefined ? id : `${id} ${id}-problem`}>
      <legend className={classes.legend}>{field.name}</legend>
      <div className={classes.nameParts}>
        {NAME_PARTS.map((label, index) => (
          <TextInput
            key={label}
            {...(index === 0 ? { id: fieldId(field.keyword) } : {})}
            aria-label={`${field.name}: ${label}`}
            placeholder={label}
            value={parts[index] ?? ''}
            error={problem !== undefined}
            onChange={(event) => onChange(joinName(parts.with(index, event.currentTarget.value), rest))}
          />
        ))}
      </div>
      <Input.Description id={id}>{description}</Input.Description>
      {problem === undefined ? null : <Input.Error id={`${id}-problem`}>{problem}</Input.Error>}
    </fieldset>
  )
}
