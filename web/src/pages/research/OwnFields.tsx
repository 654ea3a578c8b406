import { NativeSelect, TextInput } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import type { Link, ResearchChoices } from '../../../../src/dialects/native/research/research.schema.ts'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import { UnitSelect } from './QuantityEntry.tsx'
import classes from './research.module.css'
import { OWN_LABELS, type OwnField, ownId, type SampleDraft } from './sample-draft.ts'

const AMOUNT_UNITS = ['g', 'mg', 'kg', 'mL', 'L', 'cm3', '1']
const REQUIRED: ReadonlySet<OwnField> = new Set([
  'sampleId',
  'name',
  'dateCreated',
  'type',
  'institute',
  'project',
])

export interface OwnFieldsProps {
  readonly draft: SampleDraft
  readonly choices: ResearchChoices
  readonly isNew: boolean
  readonly problems: ReadonlyMap<OwnField, string>
  readonly onChange: (part: Partial<SampleDraft>) => void
}

/** What every sample has, whatever its type. */
export function OwnFields({ draft, choices, isNew, problems, onChange }: OwnFieldsProps): ReactElement {
  const shared = (field: OwnField) => ({
    id: ownId(field),
    label: <OwnLabel field={field} />,
    error: problems.get(field),
    value: draft[field],
  })
  const methods = choices.methods.filter(({ instituteId }) => String(instituteId) === draft.institute)
  const types = choices.sampleTypes.map(({ id, name }) => ({ id, label: name }))
  return (
    <div className={classes.fields}>
      {isNew ? <Choice {...shared('type')} rows={types} onChange={(type) => onChange({ type })} /> : null}
      <TextInput
        {...shared('name')}
        autoComplete="off"
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Choice
        {...shared('institute')}
        rows={choices.institutes}
        onChange={(institute) => onChange({ institute })}
      />
      <Choice {...shared('project')} rows={choices.projects} onChange={(project) => onChange({ project })} />
      <Choice
        {...shared('method')}
        rows={methods}
        none="Not by a method"
        onChange={(method) => onChange({ method })}
      />
      <TextInput
        {...shared('dateCreated')}
        type="date"
        onChange={(event) => onChange({ dateCreated: event.currentTarget.value })}
      />
      {isNew ? (
        <TextInput
          {...shared('sampleId')}
          description="Proposed from date, institute and method; stands on the label and never changes"
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'ts-mono' }}
          onChange={(event) => onChange({ sampleId: event.currentTarget.value })}
        />
      ) : null}
      <div className={classes.inline}>
        <NumberEntry
          {...shared('amount')}
          className={classes.number ?? ''}
          align="start"
          onChange={(amount) => onChange({ amount })}
        />
        <UnitSelect
          label="amount"
          units={AMOUNT_UNITS}
          unit={draft.unit}
          onChange={(unit) => onChange({ unit })}
        />
      </div>
      <TextInput
        {...shared('location')}
        autoComplete="off"
        onChange={(event) => onChange({ location: event.currentTarget.value })}
      />
    </div>
  )
}

function OwnLabel({ field }: { readonly field: OwnField }): ReactElement {
  return (
    <>
      {OWN_LABELS[field]}
      {REQUIRED.has(field) ? <span className="ts-dim"> required</span> : null}
    </>
  )
}

export interface ChoiceProps {
  readonly id?: string
  readonly label: ReactNode
  readonly error?: string | undefined
  readonly value: string
  readonly rows: readonly Link[]
  readonly none?: string
  readonly onChange: (value: string) => void
}

/** One of a few rows, by their titles. */
export function Choice({ rows, none = 'Choose …', onChange, ...rest }: ChoiceProps): ReactElement {
  return (
    <NativeSelect {...rest} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{none}</option>
      {rows.map(({ id, label }) => (
        <option key={id} value={String(id)}>
          {label}
        </option>
      ))}
    </NativeSelect>
  )
}
