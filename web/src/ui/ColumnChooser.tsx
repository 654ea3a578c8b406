import { ActionIcon, Button, Checkbox, Popover, Stack, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { TableColumn } from './data-table-model.ts'

export interface ColumnChooserProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly shown: readonly TableColumn<Row>[]
  readonly onChoose: (ids: readonly string[] | undefined) => void
}

/** Which columns a list shows. The first one stays: it names the row. */
export function ColumnChooser<Row>({ columns, shown, onChoose }: ColumnChooserProps<Row>): ReactElement {
  const shownIds = new Set(shown.map(({ id }) => id))
  const toggle = (id: string): void => {
    const next = columns.filter((column) => (column.id === id ? !shownIds.has(id) : shownIds.has(column.id)))
    onChoose(next.map((column) => column.id))
  }
  return (
    <Popover position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon aria-label="Choose columns">
            <IconColumns3 size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap={10} mah={360} style={{ overflowY: 'auto' }}>
          {columns.map((column, index) => (
            <Checkbox
              key={column.id}
              label={column.header}
              checked={shownIds.has(column.id)}
              disabled={index === 0}
              onChange={() => toggle(column.id)}
            />
          ))}
          <Button variant="default" onClick={() => onChoose(undefined)}>
            Usual columns
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
