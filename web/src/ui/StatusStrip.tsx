import type { ReactElement } from 'react'
import { STATUS_TOKENS, type StatusToken } from '../theme/tokens.ts'
import { formatDay } from './site-time.ts'
import { STATUS_WORDS } from './status-words.ts'

export interface StatusDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly token: StatusToken
}

const CELL = 5
const HEIGHT = 20

/** How far up a day's bar reaches: bad days stand out by height as well as by colour. */
const REACH: Record<StatusToken, number> = {
  ok: 8,
  debt: 8,
  none: 3,
  void: 3,
  todo: 11,
  unknown: 11,
  warn: 14,
  late: 17,
  act: 20,
}

/** The last thirty days of something, one bar a day, today at the right. */
export function StatusStrip({
  days,
  label,
}: {
  readonly days: readonly StatusDay[]
  readonly label: string
}): ReactElement {
  const width = days.length * CELL - 1.5
  return (
    <svg
      role="img"
      aria-label={`${label}: ${summary(days)}`}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
    >
      {days.map(({ day, token }, index) => (
        <rect
          key={day}
          x={index * CELL}
          y={HEIGHT - REACH[token]}
          width={CELL - 1.5}
          height={REACH[token]}
          rx="0.75"
          fill={`var(--ts-${token}-mark)`}
          opacity={token === 'none' || token === 'void' ? 0.45 : 1}
        >
          <title>{`${formatDay(day)}: ${STATUS_WORDS[token]}`}</title>
        </rect>
      ))}
    </svg>
  )
}

function summary(days: readonly StatusDay[]): string {
  const counts = STATUS_TOKENS.map((token) => ({
    token,
    count: days.filter((day) => day.token === token).length,
  }))
  return counts
    .filter(({ count }) => count > 0)
    .map(({ token, count }) => `${count} ${STATUS_WORDS[token].toLowerCase()}`)
    .join(', ')
}
