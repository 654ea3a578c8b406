import { Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { partQuery } from '../../api/machine-qa/service.ts'
import { labelOf, numberOf, referenceOf } from '../../api/row-values.ts'
import { ReferenceSelect } from '../../ui/ReferenceSelect.tsx'
import type { FormPartProps } from './ServiceForm.tsx'
import classes from './service.module.css'
import { type HoursEntry, newKey, type PartEntry, type ReturnEntry } from './service-form.ts'

/** One row of a list with some of its members changed. */
function changed<Row extends { readonly key: number }>(
  rows: readonly Row[],
  key: number,
  changes: Partial<Row>,
): readonly Row[] {
  return rows.map((row) => (row.key === key ? { ...row, ...changes } : row))
}

function without<Row extends { readonly key: number }>(rows: readonly Row[], key: number): readonly Row[] {
  return rows.filter((row) => row.key !== key)
}

/** Who worked on it, and how long. */
export function HoursRows({ draft, set, choices, problems }: FormPartProps): ReactElement {
  const people = [
    {
      group: 'Staff',
      items: (choices?.people ?? []).map(({ id, name }) => ({ value: `u${id}`, label: name })),
    },
    {
      group: 'Third parties',
      items: (choices?.thirdParties ?? []).map(({ id, name }) => ({ value: `t${id}`, label: name })),
    },
  ]
  const change = (key: number, changes: Partial<HoursEntry>): void =>
    set({ hours: changed(draft.hours, key, changes) })
  return (
    <>
      {draft.hours.map((row) => (
        <div key={row.key} className={classes.row} data-columns="3">
          <Select
            id={`service-hours-${row.key}`}
            label="Person"
            data={people}
            value={row.who}
            onChange={(who) => change(row.key, { who })}
            error={problems[`hours-${row.key}`]}
            searchable
          />
          <TextInput
            label="Hours"
            placeholder="1:30"
            value={row.time}
            onChange={(event) => change(row.key, { time: event.currentTarget.value })}
          />
          <Button variant="subtle" onClick={() => set({ hours: without(draft.hours, row.key) })}>
            Remove
          </Button>
        </div>
      ))}
    </>
  )
}

/** What was used, and from where. */
export function PartRows({ draft, set, problems }: FormPartProps): ReactElement {
  const change = (key: number, changes: Partial<PartEntry>): void =>
    set({ parts: changed(draft.parts, key, changes) })
  return (
    <fieldset className={classes.section}>
      <legend>Parts used</legend>
      {draft.parts.map((row) => (
        <div key={row.key} className={classes.row}>
          <ReferenceSelect
            id={`service-part-${row.key}`}
            label="Part"
            target="machine-qa.part"
            value={row.part}
            onChange={(part) => change(row.key, { part, storage: null })}
            error={problems[`part-${row.key}`]}
          />
          <StorageSelect row={row} onChange={(storage) => change(row.key, { storage })} />
          <NumberInput
            label="Quantity"
            min={0}
            allowDecimal={false}
            value={row.quantity}
            onChange={(quantity) => change(row.key, { quantity: String(quantity) })}
          />
          <Button variant="subtle" onClick={() => set({ parts: without(draft.parts, row.key) })}>
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() =>
            set({
              parts: [...draft.parts, { key: newKey(), part: null, storage: null, quantity: '1' }],
            })
          }
        >
          Add part
        </Button>
      </div>
    </fieldset>
  )
}

/** Where a part is kept, with how many are left there. */
function StorageSelect({
  row,
  onChange,
}: {
  readonly row: PartEntry
  readonly onChange: (storage: string | null) => void
}): ReactElement {
  const part = useQuery({ ...partQuery(String(row.part?.id ?? '')), enabled: row.part !== null })
  const places = (part.data?.places ?? []).flatMap((place) => {
    const storage = referenceOf(place.storage)
    const left = numberOf(place.quantity) ?? 0
    return storage === null
      ? []
      : [{ value: String(storage.id), label: `${labelOf(place.storage)} (${left} left)` }]
  })
  return (
    <Select
      label="From storage"
      data={places}
      value={row.storage}
      onChange={onChange}
      disabled={row.part === null}
      placeholder={places.length === 0 ? 'Kept nowhere' : 'Not from stock'}
      clearable
    />
  )
}

/** What has to be performed before the unit is used again. */
export function ReturnRows({ draft, set, choices, problems }: FormPartProps): ReactElement {
  const lists = (choices?.assignments ?? []).map(({ id, name }) => ({ value: String(id), label: name }))
  const change = (key: number, changes: Partial<ReturnEntry>): void =>
    set({ returns: changed(draft.returns, key, changes) })
  return (
    <fieldset className={classes.section}>
      <legend>Return-to-service QA</legend>
      {draft.returns.map((row) => (
        <div key={row.key} className={classes.row} data-columns="2">
          <Select
            id={`service-return-${row.key}`}
            label="Test list"
            data={lists}
            value={row.assignment}
            onChange={(assignment) => change(row.key, { assignment })}
            error={problems[`return-${row.key}`]}
            disabled={row.id !== undefined}
            searchable
          />
          <Button variant="subtle" onClick={() => set({ returns: without(draft.returns, row.key) })}>
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          disabled={draft.unit === null}
          onClick={() => set({ returns: [...draft.returns, { key: newKey(), assignment: null }] })}
        >
          Add test list
        </Button>
      </div>
    </fieldset>
  )
}

/** Who had which role. Nothing where a department declares no roles. */
export function LinkerRows({ draft, set, choices }: FormPartProps): ReactElement | null {
  const linkers = choices?.linkers ?? []
  if (linkers.length === 0) return null
  const people = (choices?.people ?? []).map(({ id, name }) => ({ value: String(id), label: name }))
  const give = (linker: number, users: readonly string[]): void =>
    set({ linkers: { ...draft.linkers, [linker]: users } })
  return (
    <fieldset className={classes.section}>
      <legend>Roles</legend>
      <div className={classes.pair}>
        {linkers.map(({ id, name, multiple, required, helpText }) => (
          <MultiSelect
            key={id}
            label={required ? `${name} (required)` : name}
            description={helpText}
            data={people}
            maxValues={multiple ? 50 : 1}
            value={[...(draft.linkers[String(id)] ?? [])]}
            onChange={(users) => give(id, users)}
            searchable
          />
        ))}
      </div>
    </fieldset>
  )
}
