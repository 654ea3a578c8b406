import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { exportAddress } from '../../api/research/samples.ts'

const FORMATS = [
  { format: 'csv', label: 'CSV' },
  { format: 'xlsx', label: 'Excel (XLSX)' },
  { format: 'eln', label: 'ELN archive with files (.eln)' },
] as const

export interface SampleExportMenuProps {
  /** All that the search finds, or the samples named. */
  readonly of: { readonly q?: string; readonly ids?: readonly number[] }
}

/** Samples as files: a table, or an archive that another site reads. */
export function SampleExportMenu({ of }: SampleExportMenuProps): ReactElement {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, label }) => (
          <Menu.Item key={format} component="a" href={exportAddress(format, of)} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
