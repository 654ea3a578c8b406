import { Input, NativeSelect } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Json, JsonDocument } from '../../../../src/dialects/native/research/research.schema.ts'
import { unitSign } from '../../api/research/info-text.ts'
import { isObject } from '../../api/research/schema-fields.ts'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import type { InfoFieldProps, SharedProps } from './info-form-context.ts'
import classes from './research.module.css'

type Props = InfoFieldProps & { readonly shared: SharedProps }

/** A number with its unit and, where the type asks for one, its standard uncertainty. */
export function QuantityEntry({ field, value, onChange, shared }: Props): ReactElement {
  const now = partsOf(value, field.units)
  const set = (part: JsonDocument): void => onChange({ ...now, ...part })
  return (
    <Wrapped shared={shared}>
      <NumberEntry
        id={shared.id}
        className={classes.number ?? ''}
        aria-invalid={shared.error !== undefined}
        align="start"
        value={textOf(now.value)}
        onChange={(text) => set({ value: text })}
        onBlur={shared.onBlur}
      />
      {field.hasUncertainty ? (
        <NumberEntry
          className={classes.number ?? ''}
          aria-label={`Standard uncertainty of ${field.label}`}
          placeholder="±"
          align="start"
          value={textOf(now.u)}
          onChange={(text) => set({ u: text })}
          onBlur={shared.onBlur}
        />
      ) : null}
      <UnitSelect
        label={field.label}
        units={field.units}
        unit={textOf(now.unit)}
        onChange={(unit) => set({ unit })}
      />
    </Wrapped>
  )
}

/** Two numbers with one unit. */
export function RangeEntry({ field, value, onChange, shared }: Props): ReactElement {
  const now = partsOf(value, field.units)
  const set = (part: JsonDocument): void => onChange({ ...now, ...part })
  return (
    <Wrapped shared={shared}>
      <NumberEntry
        id={shared.id}
        className={classes.number ?? ''}
        placeholder="from"
        align="start"
        value={textOf(now.lower)}
        onChange={(lower) => set({ lower })}
        onBlur={shared.onBlur}
      />
      <NumberEntry
        className={classes.number ?? ''}
        aria-label={`Upper end of ${field.label}`}
        placeholder="to"
        align="start"
        value={textOf(now.upper)}
        onChange={(upper) => set({ upper })}
        onBlur={shared.onBlur}
      />
      <UnitSelect
        label={field.label}
        units={field.units}
        unit={textOf(now.unit)}
        onChange={(unit) => set({ unit })}
      />
    </Wrapped>
  )
}

function Wrapped({
  shared,
  children,
}: {
  readonly shared: SharedProps
  readonly children: ReactElement | (ReactElement | null)[]
}): ReactElement {
  const { id, label, description, error } = shared
  return (
    <Input.Wrapper id={id} labelProps={{ htmlFor: id }} label={label} description={description} error={error}>
      <div className={classes.inline}>{children}</div>
    </Input.Wrapper>
  )
}

interface UnitSelectProps {
  readonly label: string
  readonly units: readonly string[]
  readonly unit: string
  readonly onChange: (unit: string) => void
}

export function UnitSelect({ label, units, unit, onChange }: UnitSelectProps): ReactElement {
  const offered = unit === '' || units.includes(unit) ? units : [...units, unit]
  return (
    <NativeSelect
      aria-label={`Unit of ${label}`}
      className={classes.unit ?? ''}
      value={unit}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {offered.map((code) => (
        <option key={code} value={code}>
          {unitSign(code) || 'none'}
        </option>
      ))}
    </NativeSelect>
  )
}

/** A plain number where parts are expected belongs to the first unit. */
function partsOf(value: Json | undefined, units: readonly string[]): JsonDocument {
  const first = { unit: units[0] ?? '1' }
  if (isObject(value)) return { ...first, ...value }
  return value === undefined || value === null ? first : { ...first, value }
}

function textOf(value: Json | undefined): string {
  return value === undefined || value === null ? '' : String(value)
}
