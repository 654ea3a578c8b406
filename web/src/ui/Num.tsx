import type { ReactElement } from 'react'
import { formatNumber, type NumberFormat } from './number-text.ts'

export interface NumProps extends NumberFormat {
  readonly value: number | null | undefined
  /** Shown small after the number; leave it out where the column head names it. */
  readonly unit?: string
}

/** A number in tabular figures. Absent values are an en dash, so that columns stay readable. */
export function Num({ value, unit, ...format }: NumProps): ReactElement {
  if (value === null || value === undefined) return <span className="ts-dim">–</span>
  return (
    <span className="ts-num">
      {formatNumber(value, format)}
      {unit === undefined ? null : <span className="ts-dim"> {unit}</span>}
    </span>
  )
}
