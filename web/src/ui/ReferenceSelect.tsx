import { type ComboboxProps, MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useState } from 'react'
import { type ReferenceOption, useReferenceSource } from './reference-source.ts'

interface Common {
  /** Record the choices come from: `machine-qa.unit`. */
  readonly target: string
  readonly label?: ReactNode
  readonly 'aria-label'?: string
  readonly description?: ReactNode
  readonly error?: ReactNode
  readonly disabled?: boolean
  readonly id?: string
  readonly placeholder?: string
  readonly onBlur?: () => void
  /** Inside a popover the list of choices has to be part of it. */
  readonly comboboxProps?: ComboboxProps
}

interface Choices {
  readonly data: { value: string; label: string }[]
  readonly text: string
  readonly setText: (text: string) => void
  readonly find: (id: string) => ReferenceOption | undefined
  readonly nothingFound: string
}

/** What can be chosen for the text typed, and the chosen ones, whose titles must stay known. */
function useChoices(target: string, chosen: readonly ReferenceOption[]): Choices {
  const source = useReferenceSource()
  const [text, setText] = useState('')
  const chosenLabels = chosen.map(({ label }) => label)
  // Choosing writes the title into the search field; that is no search.
  const isTitle = chosenLabels.includes(text)
  const [asked] = useDebouncedValue(isTitle ? '' : text.trim(), 200)
  const found = useQuery({
    queryKey: ['reference', target, asked],
    queryFn: ({ signal }) => source.search(target, asked, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const options = new Map([...chosen, ...(found.data ?? [])].map((option) => [String(option.id), option]))
  return {
    data: [...options].map(([value, { label }]) => ({ value, label })),
    text,
    setText,
    find: (id) => options.get(id),
    nothingFound: found.isError
      ? 'The choices could not be read'
      : found.isFetching
        ? 'Searching …'
        : 'Nothing found',
  }
}

export interface ReferenceSelectProps extends Common {
  readonly value: ReferenceOption | null
  readonly onChange: (value: ReferenceOption | null) => void
}

/** One row of another record, found by typing. */
export function ReferenceSelect({ target, value, onChange, ...rest }: ReferenceSelectProps): ReactElement {
  const choices = useChoices(target, value === null ? [] : [value])
  return (
    <Select
      {...rest}
      data={choices.data}
      value={value === null ? null : String(value.id)}
      onChange={(id) => onChange(id === null ? null : (choices.find(id) ?? null))}
      searchable
      clearable
      filter={({ options }) => options}
      onSearchChange={choices.setText}
      nothingFoundMessage={choices.nothingFound}
      clearButtonProps={{ 'aria-label': 'Clear' }}
    />
  )
}

export interface ReferencesSelectProps extends Common {
  readonly value: readonly ReferenceOption[]
  readonly onChange: (value: readonly ReferenceOption[]) => void
}

/** Rows of another record, in the order of choosing. */
export function ReferencesSelect({ target, value, onChange, ...rest }: ReferencesSelectProps): ReactElement {
  const choices = useChoices(target, value)
  return (
    <MultiSelect
      {...rest}
      data={choices.data}
      value={value.map(({ id }) => String(id))}
      onChange={(ids) => onChange(ids.map((id) => choices.find(id)).filter((option) => option !== undefined))}
      searchable
      hidePickedOptions
      filter={({ options }) => options}
      searchValue={choices.text}
      onSearchChange={choices.setText}
      nothingFoundMessage={choices.nothingFound}
    />
  )
}
