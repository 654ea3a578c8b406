import { Button, Checkbox } from '@mantine/core'
import type { ReactElement } from 'react'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import { UnitSelect } from './QuantityEntry.tsx'
import classes from './research.module.css'
import { SampleSelect } from './SampleSelect.tsx'

/** A sample that goes into a step or comes out of it. */
export interface EndDraft {
  readonly id: number
  readonly label: string
  readonly amount: string
  readonly unit: string
  readonly consumed: boolean
}

export interface SampleEndsProps {
  readonly ends: readonly EndDraft[]
  readonly onChange: (ends: readonly EndDraft[]) => void
  readonly label: string
  readonly mayBeConsumed?: boolean
  /** No others can be added or taken away. */
  readonly isFixed?: boolean
}

/** Samples with the amounts that were taken or made. */
export function SampleEnds({ ends, onChange, label, mayBeConsumed, isFixed }: SampleEndsProps): ReactElement {
  const set = (id: number, part: Partial<EndDraft>): void =>
    onChange(ends.map((end) => (end.id === id ? { ...end, ...part } : end)))
  return (
    <>
      {ends.map((end) => (
        <div key={end.id} className={classes.entry}>
          <strong>{end.label}</strong>
          <div className={classes.inline}>
            <NumberEntry
              label="Amount"
              align="start"
              value={end.amount}
              onChange={(amount) => set(end.id, { amount })}
            />
            <UnitSelect
              label={`amount of ${end.label}`}
              units={['g', 'mg', 'kg', 'mL', 'L', 'cm3', '1']}
              unit={end.unit}
              onChange={(unit) => set(end.id, { unit })}
            />
            {mayBeConsumed ? (
              <Checkbox
                label="Used up"
                checked={end.consumed}
                onChange={(event) => set(end.id, { consumed: event.currentTarget.checked })}
              />
            ) : null}
            {isFixed ? null : (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`Take away ${end.label}`}
                onClick={() => onChange(ends.filter(({ id }) => id !== end.id))}
              >
                Take away
              </Button>
            )}
          </div>
        </div>
      ))}
      {isFixed ? null : (
        <SampleSelect
          label={label}
          value={null}
          onChange={(chosen) => {
            if (chosen === null || ends.some(({ id }) => id === chosen.id)) return
            onChange([...ends, { ...chosen, amount: '', unit: 'g', consumed: false }])
          }}
        />
      )}
    </>
  )
}
