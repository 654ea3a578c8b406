import type { ReactElement } from 'react'
import type { StatusToken } from '../theme/tokens.ts'

export interface SparklineProps {
  /** Oldest first; `null` leaves a gap. */
  readonly values: readonly (number | null)[]
  /** What it shows, for those who do not see it: `Last 6 results: 20.1 to 20.9 nC, rising`. */
  readonly label: string
  /** Tolerance, drawn as a band when both ends are known. */
  readonly low?: number | undefined
  readonly high?: number | undefined
  /** Status of the last value, which gets a dot. */
  readonly token?: StatusToken | undefined
  readonly width?: number
  readonly height?: number
}

/** The course of a few values, without axes, in a row's height. */
export function Sparkline({
  values,
  label,
  low,
  high,
  token = 'none',
  width = 88,
  height = 24,
}: SparklineProps): ReactElement {
  const known = values.filter((value) => value !== null)
  const ends = [...known, low, high].filter((value) => value !== undefined)
  const [min, max] = [Math.min(...ends), Math.max(...ends)]
  const span = max - min || 1
  const x = (index: number): number => 3 + (index * (width - 8)) / Math.max(1, values.length - 1)
  const y = (value: number): number => height - 3 - ((value - min) / span) * (height - 6)
  const last = values.findLastIndex((value) => value !== null)
  const lastValue = values[last]
  const hasBand = low !== undefined && high !== undefined
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      {hasBand ? (
        <rect
          x="0"
          width={width}
          y={y(high)}
          height={Math.max(1, y(low) - y(high))}
          fill="var(--ts-ok-soft)"
        />
      ) : null}
      <path
        d={linePath(values, x, y)}
        fill="none"
        stroke="var(--ts-text-dim)"
        strokeWidth="1.3"
        strokeLinejoin="round"
      />
      {lastValue === undefined || lastValue === null ? null : (
        <circle cx={x(last)} cy={y(lastValue)} r="2.6" fill={`var(--ts-${token}-mark)`} />
      )}
    </svg>
  )
}

function linePath(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let isDown = false
  let path = ''
  values.forEach((value, index) => {
    if (value !== null) path += `${isDown ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
    isDown = value !== null
  })
  return path
}
