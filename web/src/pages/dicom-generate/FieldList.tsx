import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { WireFormField } from '../../../../src/dialects/native/dicom/generate.schema.ts'
import { FieldInput } from './FieldInput.tsx'
import classes from './generate.module.css'
import type { GenerateForm } from './use-generate-form.ts'

export interface FieldListProps {
  readonly form: GenerateForm
  readonly fields: readonly WireFormField[]
}

/** The fields of the form, each with the control of its VR. */
export function FieldList({ form, fields }: FieldListProps): ReactElement {
  return (
    <div className={classes.fields}>
      {fields.map((field) => (
        <div key={field.keyword} className={classes.field}>
          <div className={classes.control}>
            <FieldInput
              field={field}
              value={form.entries[field.keyword] ?? ''}
              problem={form.problemOf(field.keyword)}
              onChange={(text) => form.setEntry(field.keyword, text)}
            />
          </div>
          <Tooltip label="Remove this field">
            <ActionIcon
              className={classes.remove}
              aria-label={`Remove ${field.name}`}
              onClick={() => form.remove(field.keyword)}
            >
              <IconX size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
    </div>
  )
}
