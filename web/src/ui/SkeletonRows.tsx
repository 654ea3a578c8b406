import { Skeleton } from '@mantine/core'
import type { ReactElement } from 'react'
import classes from './DataTable.module.css'

const WIDTHS = ['62%', '78%', '48%', '70%', '56%']

/** Rows of the final height while the real ones are read. */
export function SkeletonRows({
  count,
  columns,
}: {
  readonly count: number
  readonly columns: number
}): ReactElement {
  return (
    <tbody aria-hidden="true">
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <tr key={row} className={classes.row}>
          {Array.from({ length: columns }, (_unused, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
            <td key={column}>
              <Skeleton height={10} width={WIDTHS[(row + column) % WIDTHS.length] ?? '60%'} radius="xs" />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}
