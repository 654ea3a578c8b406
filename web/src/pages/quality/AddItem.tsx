import { Button, Combobox, ScrollArea, useCombobox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactElement, useState } from 'react'
import type { WireCatalogue } from '../../../../src/dialects/native/quality/catalogue.schema.ts'
import { type InnerKind, makeItem } from '../../api/quality/edits.ts'
import { useEdit, useEditing } from './editing.ts'

export interface AddItemProps {
  readonly kind: InnerKind
  readonly parentId: string
  readonly label: string
  /** name of the parent, for those who do not see where the button stands */
  readonly context?: string
  /** type of the subject, whose usual metrics come first */
  readonly subjectType?: string
  /** type of the metric, whose sources are offered */
  readonly metricType?: string
}

/** Makes an item of a type that is chosen from a searchable list. */
export function AddItem(props: AddItemProps): ReactElement {
  const { kind, parentId, label } = props
  const { catalogue } = useEditing()
  const edit = useEdit()
  const [search, setSearch] = useState('')
  const box = useCombobox({
    onDropdownClose: () => setSearch(''),
    onDropdownOpen: () => box.focusSearchInput(),
  })
  const words = search.trim().toLocaleLowerCase()
  const types = typesFor(catalogue, props).filter(({ name }) => name.toLocaleLowerCase().includes(words))
  return (
    <Combobox
      store={box}
      width={320}
      position="bottom-end"
      onOptionSubmit={(type) => {
        box.closeDropdown()
        void edit(() => makeItem(kind, parentId, type), `Added: ${nameOf(types, type)}.`)
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          variant={kind === 'subject' ? 'filled' : 'default'}
          leftSection={<IconPlus size={16} stroke={1.7} />}
          aria-expanded={box.dropdownOpened}
          onClick={() => box.toggleDropdown()}
        >
          {label}
          {props.context === undefined ? null : <span className="ts-hidden"> to {props.context}</span>}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            box.resetSelectedOption()
          }}
          placeholder={`Search ${kind} types`}
          aria-label={`Search ${kind} types`}
        />
        <Combobox.Options aria-label={`Types of ${kind}s`}>
          <ScrollArea.Autosize mah={300} type="scroll">
            {types.map(({ key, name }) => (
              <Combobox.Option key={key} value={key}>
                {name}
              </Combobox.Option>
            ))}
            {types.length === 0 ? <Combobox.Empty>No type matches</Combobox.Empty> : null}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

type Type = { readonly key: string; readonly name: string }

function typesFor(
  catalogue: WireCatalogue | undefined,
  { kind, subjectType, metricType }: AddItemProps,
): readonly Type[] {
  if (catalogue === undefined) return []
  if (kind === 'subject') return catalogue.subjects
  if (kind === 'metric') {
    const usual = catalogue.subjects.find(({ key }) => key === subjectType)?.metrics ?? []
    return catalogue.metrics.toSorted((a, b) => Number(usual.includes(b.key)) - Number(usual.includes(a.key)))
  }
  return catalogue.sources.filter(({ metrics }) => metricType === undefined || metrics.includes(metricType))
}

function nameOf(types: readonly Type[], key: string): string {
  return types.find((type) => type.key === key)?.name ?? key
}
