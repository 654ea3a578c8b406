import type { ReactElement } from 'react'
import type { Json, JsonDocument } from '../../../../src/dialects/native/research/research.schema.ts'
import { unitSign, valueText } from '../../api/research/info-text.ts'
import { fieldsOf, type InfoField, isObject, isShown } from '../../api/research/schema-fields.ts'
import { type Fact, KeyValue } from '../../ui/KeyValue.tsx'
import classes from './research.module.css'

export interface InfoValuesProps {
  readonly schema: JsonDocument
  readonly layout: JsonDocument | null
  readonly info: JsonDocument
}

/** The info of a sample in the order and words of its type; what the type does not know stands last. */
export function InfoValues({ schema, layout, info }: InfoValuesProps): ReactElement {
  const fields = fieldsOf(schema, layout)
  const known = new Set(fields.map(({ name }) => name))
  const others = Object.entries(info).filter(([name]) => !known.has(name))
  return (
    <KeyValue
      facts={[
        ...factsOf(fields, info),
        ...others.map(([name, value]) => ({
          label: name,
          value: valueText({ kind: 'text', units: [] }, value),
        })),
      ]}
    />
  )
}

const LONG: ReadonlySet<string> = new Set(['longtext', 'markdown', 'list', 'group', 'series'])

function factsOf(fields: readonly InfoField[], info: JsonDocument): readonly Fact[] {
  return fields.flatMap((field): readonly Fact[] => {
    const value = info[field.name]
    const isEmpty = value === undefined || value === null
    if (isEmpty && !isShown(field.when, info)) return []
    return [
      { label: field.label, value: <InfoValue field={field} value={value} />, wide: LONG.has(field.kind) },
    ]
  })
}

function InfoValue({
  field,
  value,
}: {
  readonly field: InfoField
  readonly value: Json | undefined
}): ReactElement {
  if (field.kind === 'group' && isObject(value)) return <KeyValue facts={factsOf(field.fields, value)} />
  if (field.kind === 'list' && Array.isArray(value))
    return <GroupTable field={field} rows={value.filter((row: Json) => isObject(row))} />
  const text = valueText(field, value)
  const isLong = field.kind === 'longtext' || field.kind === 'markdown'
  if (text === '') return <span className="ts-dim">–</span>
  return (
    <span
      {...(isLong ? { style: { whiteSpace: 'pre-wrap' } } : {})}
      {...(field.units.length > 0 ? { className: 'ts-num' } : {})}
    >
      {text}
    </span>
  )
}

function GroupTable({
  field,
  rows,
}: {
  readonly field: InfoField
  readonly rows: readonly JsonDocument[]
}): ReactElement {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {field.fields.map(({ name, label, units }) => (
            <th key={name} scope="col" data-align={units.length > 0 ? 'end' : undefined}>
              {label} {units[0] === undefined ? null : <span className="ts-dim">{unitSign(units[0])}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a list have no identity but their place
          <tr key={index}>
            {field.fields.map((inner) => (
              <td key={inner.name} data-align={inner.units.length > 0 ? 'end' : undefined}>
                {valueText({ ...inner, units: [] }, row[inner.name]) || '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
