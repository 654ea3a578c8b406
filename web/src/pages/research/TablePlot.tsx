import { Group, MultiSelect, NativeSelect } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import type { FilePreview } from '../../../../src/dialects/native/research/research.schema.ts'
import { Chart } from '../../ui/Chart.tsx'
import { plotOf } from './plot-of.ts'

export interface TablePlotProps {
  readonly table: Extract<FilePreview, { kind: 'table' }>
  readonly title: string
}

const ROWS = ''

/** Columns of a table as curves along one of them, or along the rows. */
export function TablePlot({ table, title }: TablePlotProps): ReactElement {
  const numeric = table.columns.filter(({ isNumeric }) => isNumeric).map(({ name }) => name)
  const [along, setAlong] = useState(numeric.length > 1 ? (numeric[0] ?? ROWS) : ROWS)
  const [chosen, setChosen] = useState<readonly string[]>(
    numeric.filter((name) => name !== along).slice(0, 3),
  )
  const series = useMemo(() => plotOf(table, along, chosen), [table, along, chosen])
  return (
    <>
      <Group align="flex-end" gap={12} mb={12}>
        <NativeSelect label="Along" value={along} onChange={(event) => setAlong(event.currentTarget.value)}>
          <option value={ROWS}>Rows</option>
          {numeric.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </NativeSelect>
        <MultiSelect
          label="Curves"
          data={numeric}
          value={[...chosen]}
          onChange={setChosen}
          clearable
          clearButtonProps={{ 'aria-label': 'No curves' }}
          style={{ flex: 1, minWidth: 240 }}
        />
      </Group>
      <Chart title={title} series={series} along={along === ROWS ? 'Row' : along} />
    </>
  )
}
