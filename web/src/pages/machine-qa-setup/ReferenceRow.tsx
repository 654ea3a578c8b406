import { Button, NativeSelect } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import { formatNumber } from '../../ui/number-text.ts'
import { ReferenceHistory } from './ReferenceHistory.tsx'
import type { ReferenceEdit, RowProblems } from './reference-edits.ts'
import classes from './references.module.css'
import { type ComparedTest, referenceEntry, type ToleranceChoice, toleranceTypes } from './unit-references.ts'

export interface ReferenceRowProps {
  readonly test: ComparedTest
  readonly tolerances: readonly ToleranceChoice[]
  /** Undefined while the row is only read. */
  readonly edit: ReferenceEdit | undefined
  readonly problems: RowProblems
  readonly onEdit: () => void
  /** Undefined takes the changes of the row back. */
  readonly onChange: (edit: ReferenceEdit | undefined) => void
}

/** One test of a unit: read, change, and what it was before. */
export function ReferenceRow(props: ReferenceRowProps): ReactElement {
  const { test, edit, onChange, onEdit } = props
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const isComparable = toleranceTypes(test.type).length > 0
  return (
    <>
      <tr data-editing={edit !== undefined}>
        <th scope="row">
          <span className={classes.name}>{test.name}</span>{' '}
          <span className={classes.macro}>{test.macro}</span>
        </th>
        <td className={classes.number}>
          {edit === undefined ? <ReferenceText test={test} /> : <ReferenceInput {...props} edit={edit} />}
        </td>
        <td>
          {edit === undefined ? (
            (test.tolerance?.label ?? <span className="ts-dim">–</span>)
          ) : (
            <ToleranceInput {...props} edit={edit} />
          )}
        </td>
        <td className={classes.actions}>
          {isComparable ? (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={edit === undefined ? `Change ${test.name}` : `Keep ${test.name} as it is`}
              onClick={() => (edit === undefined ? onEdit() : onChange(undefined))}
            >
              {edit === undefined ? 'Change' : 'Keep'}
            </Button>
          ) : null}
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-expanded={isHistoryOpen}
            aria-label={`History of ${test.name}`}
            onClick={() => setHistoryOpen(!isHistoryOpen)}
          >
            History
          </Button>
        </td>
      </tr>
      {isHistoryOpen ? (
        <tr>
          <td colSpan={4} className={classes.history}>
            <ReferenceHistory test={test} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function ReferenceText({ test }: { readonly test: ComparedTest }): ReactElement {
  if (test.reference === null) return <span className="ts-dim">–</span>
  return <span className="ts-num">{referenceText(test.type, test.reference)}</span>
}

/** A reference as people read it. */
export function referenceText(type: string, value: number): string {
  if (referenceEntry(type) === 'yes-no') return value === 1 ? 'Yes' : 'No'
  return formatNumber(value)
}

type InputProps = ReferenceRowProps & { readonly edit: ReferenceEdit }

function ReferenceInput({ test, edit, problems, onChange }: InputProps): ReactElement {
  const label = `Reference of ${test.name}`
  const kind = referenceEntry(test.type)
  if (kind === 'none') return <span className="ts-dim">none for this type</span>
  if (kind === 'yes-no') {
    return (
      <NativeSelect
        aria-label={label}
        data-autofocus
        autoFocus
        value={edit.value}
        error={problems.value}
        data={[
          { value: '', label: 'No reference' },
          { value: '1', label: 'Yes' },
          { value: '0', label: 'No' },
        ]}
        onChange={(event) => onChange({ ...edit, value: event.currentTarget.value })}
      />
    )
  }
  return (
    <NumberEntry
      aria-label={label}
      autoFocus
      value={edit.value}
      error={problems.value}
      onChange={(value) => onChange({ ...edit, value })}
    />
  )
}

function ToleranceInput({ test, tolerances, edit, problems, onChange }: InputProps): ReactElement {
  const fitting = tolerances.filter(({ type }) => toleranceTypes(test.type).includes(type))
  const { tolerance } = test
  // A retired tolerance that is in use stays choosable where it is in use.
  const isKnown = tolerance === null || fitting.some(({ id }) => id === tolerance.id)
  const choices = isKnown ? fitting : [{ id: tolerance.id, name: tolerance.label }, ...fitting]
  return (
    <NativeSelect
      aria-label={`Tolerance of ${test.name}`}
      value={edit.toleranceId === null ? '' : String(edit.toleranceId)}
      error={problems.toleranceId}
      data={[
        { value: '', label: 'No tolerance' },
        ...choices.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      onChange={({ currentTarget: { value } }) =>
        onChange({ ...edit, toleranceId: value === '' ? null : Number(value) })
      }
    />
  )
}
