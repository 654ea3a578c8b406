import { Menu, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilterPlus, IconSearch } from '@tabler/icons-react'
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './FilterBar.module.css'
import { FilterChip } from './FilterChip.tsx'
import { type FilterField, readFilter, writeFilter } from './filters.ts'
import type { ListControl } from './list-state.ts'
import { useShortcut } from './shortcuts.ts'

const ALWAYS_SHOWN = 4

export interface FilterBarProps {
  readonly control: ListControl
  readonly fields: readonly FilterField[]
  readonly placeholder?: string
  /** At the right edge: columns, export. */
  readonly children?: ReactNode
}

/** Search and filters of a list on one row: four at hand, the others behind "Filter". */
export function FilterBar({
  control,
  fields,
  placeholder = 'Search',
  children,
}: FilterBarProps): ReactElement {
  const [added, setAdded] = useState<string>()
  const isActive = (field: FilterField): boolean =>
    Object.keys(readFilter(control.filters, field.name)).length > 0
  const isShown = (field: FilterField, index: number): boolean =>
    index < ALWAYS_SHOWN || isActive(field) || field.name === added
  const more = fields.filter((field, index) => !isShown(field, index))
  return (
    <search className={classes.bar} data-print="hide">
      <SearchField control={control} placeholder={placeholder} />
      {fields.filter(isShown).map((field) => (
        <FilterChip
          key={field.name}
          field={field}
          value={readFilter(control.filters, field.name)}
          startsOpen={field.name === added && !isActive(field)}
          onChange={(value) => {
            setAdded(undefined)
            control.filter(writeFilter(control.filters, field.name, value))
          }}
        />
      ))}
      {more.length === 0 ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className={classes.more}>
              <IconFilterPlus size={16} stroke={1.7} aria-hidden="true" />
              More
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((field) => (
              <Menu.Item key={field.name} onClick={() => setAdded(field.name)}>
                {field.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {control.isFiltered ? (
        <button type="button" className={classes.more} onClick={control.clearFilters}>
          Clear
        </button>
      ) : null}
      <div className={classes.tools}>{children}</div>
    </search>
  )
}

/** The text follows the address, except while somebody types. */
function SearchField({
  control,
  placeholder,
}: {
  readonly control: ListControl
  readonly placeholder: string
}): ReactElement {
  const [text, setText] = useState(control.q)
  const field = useRef<HTMLInputElement>(null)
  const search = useDebouncedCallback(
    (next: string) => control.filter({ q: next.trim() || undefined }, 'replace'),
    250,
  )
  useShortcut('f', 'Search in this list', () => field.current?.focus(), { group: 'List' })
  useEffect(() => {
    if (document.activeElement !== field.current) setText(control.q)
  }, [control.q])
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label={placeholder}
      placeholder={placeholder}
      className={classes.search}
      leftSection={<IconSearch size={16} stroke={1.7} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value)
      }}
    />
  )
}
