import { TextInput } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import type { ResearchChoices } from '../../../../src/dialects/native/research/research.schema.ts'
import type { InfoForm } from '../../api/research/info-form.ts'
import { fieldsOf } from '../../api/research/schema-fields.ts'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import { InfoFields } from './InfoFields.tsx'
import { Choice } from './OwnFields.tsx'
import { UnitSelect } from './QuantityEntry.tsx'
import classes from './research.module.css'

export interface OutputDraft {
  readonly name: string
  readonly type: string
  readonly amount: string
  readonly unit: string
  readonly info: InfoForm
}

export interface StepOutputProps {
  readonly number: number
  readonly output: OutputDraft
  readonly choices: ResearchChoices
  readonly onChange: (output: OutputDraft) => void
}

const NOTHING: ReadonlyMap<string, string> = new Map()

/** One sample that a step makes; its info opens on demand, since a part has what its origin has. */
export function StepOutput({ number, output, choices, onChange }: StepOutputProps): ReactElement {
  const type = choices.sampleTypes.find(({ id }) => String(id) === output.type)
  const fields = useMemo(() => (type === undefined ? [] : fieldsOf(type.schema, type.layout)), [type])
  const types = choices.sampleTypes.map(({ id, name }) => ({ id, label: name }))
  const set = (part: Partial<OutputDraft>): void => onChange({ ...output, ...part })
  const isIncomplete = fields.some(({ name, required }) => required && output.info[name] === undefined)
  return (
    <div className={classes.entry}>
      <div className={classes.fields}>
        <TextInput
          label={`Name of sample ${number}`}
          value={output.name}
          autoComplete="off"
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <div className={classes.inline}>
          <NumberEntry
            label="Amount"
            className={classes.number ?? ''}
            align="start"
            value={output.amount}
            onChange={(amount) => set({ amount })}
          />
          <UnitSelect
            label={`amount of sample ${number}`}
            units={['g', 'mg', 'kg', 'mL', 'L', 'cm3', '1']}
            unit={output.unit}
            onChange={(unit) => set({ unit })}
          />
        </div>
        <Choice
          label="Sample type"
          value={output.type}
          rows={types}
          onChange={(chosen) => set({ type: chosen })}
        />
      </div>
      <details open={isIncomplete}>
        <summary>Sample info</summary>
        <InfoFields
          fields={fields}
          form={output.info}
          pointer=""
          context={{
            problems: NOTHING,
            vocabularies: new Map(choices.vocabularies.map((list) => [list.key, list])),
            idOf: (pointer) => `output-${number}${pointer.replaceAll('/', '-')}`,
            onLeave: () => undefined,
          }}
          onChange={(info) => set({ info })}
        />
      </details>
    </div>
  )
}
