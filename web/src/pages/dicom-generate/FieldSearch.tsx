import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { fieldSearchQuery } from '../../api/dicom/generate.ts'
import classes from './generate.module.css'

export interface FieldSearchProps {
  readonly taken: readonly string[]
  readonly onAdd: (keyword: string) => void
}

/** Adds any field of the standard, found by words of its name, its keyword or its tag. */
export function FieldSearch({ taken, onAdd }: FieldSearchProps): ReactElement {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 150)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useQuery({
    ...fieldSearchQuery(asked),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  })
  const items =
    asked.length > 1 ? (found.data?.items ?? []).filter(({ keyword }) => !taken.includes(keyword)) : []
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(keyword) => {
        onAdd(keyword)
        setText('')
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <TextInput
          label="Add a field"
          placeholder="Name, keyword or tag"
          leftSection={<IconPlus size={16} stroke={1.7} />}
          className={classes.add ?? ''}
          value={text}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex()
          }}
          onKeyDown={(event) => {
            // Enter takes a field here and does not send the form
            if (event.key === 'Enter') event.preventDefault()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={asked.length < 2}>
        <Combobox.Options className={classes.options ?? ''} aria-label="Fields">
          {items.map((field) => (
            <Combobox.Option key={field.keyword} value={field.keyword}>
              {field.name}{' '}
              <span className="ts-dim ts-mono">
                {field.tag} {field.vr}
              </span>
              {field.retired ? <span className="ts-dim"> retired</span> : null}
            </Combobox.Option>
          ))}
          {items.length === 0 && !found.isFetching ? (
            <Combobox.Empty>No field matches.</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
