import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { Link } from '../../../../src/dialects/native/research/research.schema.ts'
import { searchSamples } from '../../api/research/samples.ts'
import { searchText } from '../../api/research/search-query.ts'

export interface SampleSelectProps {
  readonly label: ReactNode
  readonly value: Link | null
  readonly onChange: (sample: Link | null) => void
  readonly error?: ReactNode
  readonly id?: string
}

/** A sample found by a part of its id, name or location; a scanner types the id. */
export function SampleSelect({ value, onChange, ...rest }: SampleSelectProps): ReactElement {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text === value?.label ? '' : text.trim(), 200)
  const found = useQuery({
    queryKey: ['research', 'sample-choices', asked],
    queryFn: ({ signal }) =>
      searchSamples({ q: searchText({ q: asked }, undefined), limit: 20, total: 'none' }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const rows = (found.data?.items ?? []).map(({ id, sampleId, name }) => ({
    id,
    label: `${sampleId} ${name}`,
  }))
  const options = value === null || rows.some(({ id }) => id === value.id) ? rows : [value, ...rows]
  return (
    <Select
      {...rest}
      placeholder="Id or name"
      data={options.map(({ id, label }) => ({ value: String(id), label }))}
      value={value === null ? null : String(value.id)}
      onChange={(chosen) => {
        onChange(options.find(({ id }) => String(id) === chosen) ?? null)
        if (value === null) setText('')
      }}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options: all }) => all}
      nothingFoundMessage={found.isFetching ? 'Searching …' : 'Nothing found'}
    />
  )
}
