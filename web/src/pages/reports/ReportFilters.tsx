import { MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { FilterValues, ReportFilter } from '../../api/reports.ts'
import { ReferencesSelect } from '../../ui/ReferenceSelect.tsx'
import { useReferenceSource } from '../../ui/reference-source.ts'
import { periodChoices } from './periods.ts'
import classes from './reports.module.css'

export interface ReportFiltersProps {
  readonly filters: readonly ReportFilter[]
  readonly values: FilterValues
  readonly onChange: (values: FilterValues) => void
  /** by the name of the filter */
  readonly problems: ReadonlyMap<string, string>
}

/** What a report is narrowed to. */
export function ReportFilters({ filters, values, onChange, problems }: ReportFiltersProps): ReactElement {
  const change = (name: string, value: FilterValues[string] | undefined): void => {
    const { [name]: _before, ...others } = values
    onChange(value === undefined ? others : { ...others, [name]: value })
  }
  return (
    <div className={classes.fields}>
      {filters.map((filter) => (
        <Filter
          key={filter.name}
          filter={filter}
          value={values[filter.name] ?? (filter.kind === 'records' ? undefined : filter.default)}
          onChange={(value) => change(filter.name, value)}
          error={problems.get(filter.name)}
        />
      ))}
    </div>
  )
}

interface FilterProps {
  readonly filter: ReportFilter
  readonly value: FilterValues[string] | undefined
  readonly onChange: (value: FilterValues[string] | undefined) => void
  readonly error: string | undefined
}

function Filter({ filter, value, onChange, error }: FilterProps): ReactElement {
  const label = filter.label
  switch (filter.kind) {
    case 'period':
      return (
        <PeriodFilter
          label={label}
          direction={filter.direction}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
          error={error}
        />
      )
    case 'records':
      return (
        <RecordsFilter
          label={label}
          record={filter.record}
          value={idsOf(value)}
          onChange={onChange}
          error={error}
        />
      )
    case 'choice':
      return (
        <MultiSelect
          label={label}
          placeholder={wordsOf(value).length === 0 ? 'All' : undefined}
          data={[...filter.choices]}
          value={[...wordsOf(value)]}
          onChange={onChange}
          error={error}
        />
      )
    case 'flag':
      return (
        <Switch
          label={label}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
  }
}

function idsOf(value: FilterValues[string] | undefined): readonly number[] {
  return typeof value === 'object' ? [...value].filter((id) => typeof id === 'number') : []
}

function wordsOf(value: FilterValues[string] | undefined): readonly string[] {
  return typeof value === 'object' ? [...value].filter((word) => typeof word === 'string') : []
}

interface RecordsFilterProps {
  readonly label: string
  readonly record: string
  readonly value: readonly number[]
  readonly onChange: (value: readonly number[] | undefined) => void
  readonly error: string | undefined
}

function RecordsFilter({ label, record, value, onChange, error }: RecordsFilterProps): ReactElement {
  const source = useReferenceSource()
  const known = useQuery({
    queryKey: ['reference', record, 'by-ids', value],
    queryFn: ({ signal }) => source.byIds(record, value, signal),
    enabled: value.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const labels = new Map(known.data?.map((option) => [option.id, option.label]))
  return (
    <ReferencesSelect
      target={record}
      label={label}
      placeholder={value.length === 0 ? 'All' : ''}
      value={value.map((id) => ({ id, label: labels.get(id) ?? String(id) }))}
      onChange={(chosen) => onChange(chosen.length === 0 ? undefined : chosen.map(({ id }) => id))}
      error={error}
    />
  )
}

interface PeriodFilterProps {
  readonly label: string
  readonly direction: 'past' | 'future'
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

/** A period relative to the day on which the report runs, or two days. */
function PeriodFilter({ label, direction, value, onChange, error }: PeriodFilterProps): ReactElement {
  const isFixed = value.includes('..')
  const [from = '', to = ''] = isFixed ? value.split('..') : []
  const [typed, setTyped] = useState<readonly [string, string]>([from, to])
  const type = (next: readonly [string, string]): void => {
    setTyped(next)
    if (next[0] !== '' && next[1] !== '' && next[0] <= next[1]) onChange(next.join('..'))
  }
  const today = new Date().toISOString().slice(0, 10)
  return (
    <Stack gap={8}>
      <Select
        label={label}
        allowDeselect={false}
        data={periodChoices(direction)}
        value={isFixed ? 'fixed' : value}
        onChange={(chosen) => {
          if (chosen === 'fixed') type([today, today])
          else if (chosen !== null) onChange(chosen)
        }}
        error={error}
      />
      {isFixed ? (
        <>
          <TextInput
            type="date"
            label={`${label}, from`}
            value={typed[0]}
            onChange={(event) => type([event.currentTarget.value, typed[1]])}
          />
          <TextInput
            type="date"
            label={`${label}, to`}
            value={typed[1]}
            onChange={(event) => type([typed[0], event.currentTarget.value])}
          />
        </>
      ) : null}
    </Stack>
  )
}
