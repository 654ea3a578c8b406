import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { type Query, withQuery } from '../api/client.ts'

const FORMATS = [
  { format: 'csv', label: 'CSV' },
  { format: 'xlsx', label: 'Excel (XLSX)' },
] as const

export interface ExportMenuProps {
  /** Address of the list on the server. */
  readonly path: string
  /** Filters and order as shown; the page is left out, all rows are exported. */
  readonly query: Query
}

/** The list as a file, filtered and ordered as on the screen. */
export function ExportMenu({ path, query }: ExportMenuProps): ReactElement {
  const { limit: _limit, offset: _offset, ...filters } = query
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label="Export">
          <ActionIcon aria-label="Export this list">
            <IconDownload size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, label }) => (
          <Menu.Item key={format} component="a" href={withQuery(path, { ...filters, format })} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
