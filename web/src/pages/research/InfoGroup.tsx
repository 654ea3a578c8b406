import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ComponentType, ReactElement } from 'react'
import type { Json } from '../../../../src/dialects/native/research/research.schema.ts'
import { isObject } from '../../api/research/schema-fields.ts'
import type { InfoFieldProps, InfoFieldsProps } from './info-form-context.ts'
import classes from './research.module.css'

export interface InfoGroupProps extends InfoFieldProps {
  /** draws the fields of a group, which may have groups themselves */
  readonly inner: ComponentType<InfoFieldsProps>
}

/** Fields that belong together: once, or as many times as the list has rows. */
export function InfoGroup({
  field,
  pointer,
  value,
  context,
  onChange,
  inner: Fields,
}: InfoGroupProps): ReactElement {
  const problem = context.problems.get(pointer)
  const rows: readonly Json[] = Array.isArray(value) ? value : []
  return (
    <fieldset className={classes.group} id={context.idOf(pointer)}>
      <legend>
        {field.label}
        {field.required ? <span className="ts-dim"> required</span> : null}
      </legend>
      {field.help === '' ? null : <p className="ts-dim">{field.help}</p>}
      {problem === undefined ? null : (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {field.kind === 'group' ? (
        <Fields
          fields={field.fields}
          form={isObject(value) ? value : {}}
          pointer={pointer}
          context={context}
          onChange={onChange}
        />
      ) : (
        <>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a list have no identity but their place
            <div key={index} className={classes.entry}>
              <Fields
                fields={field.fields}
                form={isObject(row) ? row : {}}
                pointer={`${pointer}/${index}`}
                context={context}
                onChange={(next) => onChange(rows.map((other, place) => (place === index ? next : other)))}
              />
              <div>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`Remove row ${index + 1} of ${field.label}`}
                  onClick={() => onChange(rows.filter((_, place) => place !== index))}
                >
                  Remove row
                </Button>
              </div>
            </div>
          ))}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            aria-label={`Add row to ${field.label}`}
            onClick={() => onChange([...rows, {}])}
          >
            Add row
          </Button>
        </>
      )}
    </fieldset>
  )
}
