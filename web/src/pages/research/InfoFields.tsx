import type { ReactElement } from 'react'
import type { Json } from '../../../../src/dialects/native/research/research.schema.ts'
import { isShown } from '../../api/research/schema-fields.ts'
import { InfoFieldControl } from './InfoFieldControl.tsx'
import { InfoGroup } from './InfoGroup.tsx'
import type { InfoFieldsProps } from './info-form-context.ts'
import classes from './research.module.css'

/** A form made from the schema of a sample type. Fields that do not count are not there; their values are kept. */
export function InfoFields({ fields, form, pointer, context, onChange }: InfoFieldsProps): ReactElement {
  const shown = fields.filter(({ when, readOnly }) => !readOnly && isShown(when, form))
  const calculated = fields.filter(({ calculation }) => calculation !== undefined)
  return (
    <div className={classes.fields}>
      {shown.map((field) => {
        const common = {
          field,
          pointer: `${pointer}/${field.name}`,
          context,
          value: form[field.name],
          onChange: (value: Json) => onChange({ ...form, [field.name]: value }),
        }
        const isGroup = field.kind === 'group' || field.kind === 'list'
        return isGroup ? (
          <InfoGroup key={field.name} {...common} inner={InfoFields} />
        ) : (
          <InfoFieldControl key={field.name} {...common} />
        )
      })}
      {calculated.length === 0 ? null : (
        <p className={`${classes.wide} ts-dim`}>
          Calculated when it is saved:{' '}
          {calculated.map(({ label, calculation }) => `${label} = ${calculation}`).join('; ')}
        </p>
      )}
    </div>
  )
}
