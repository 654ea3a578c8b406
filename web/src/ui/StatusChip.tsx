import type { ReactElement, ReactNode } from 'react'
import type { StatusToken } from '../theme/tokens.ts'
import classes from './StatusChip.module.css'
import { StatusIcon } from './StatusIcon.tsx'
import { STATUS_WORDS } from './status-words.ts'

export interface StatusChipProps {
  readonly token: StatusToken
  /** The word of the field: `within tolerance`, `verified`, `target met`. */
  readonly children?: ReactNode
  /** `plain` (default) in tables and rows, `soft` once per page in the header, `large` on walls. */
  readonly variant?: 'plain' | 'soft' | 'large'
}

/** A status: colour, shape and word together. */
export function StatusChip({ token, children, variant = 'plain' }: StatusChipProps): ReactElement {
  const colours: Record<`--${string}`, string> = {
    '--chip-text': `var(--ts-${token}-text)`,
    '--chip-soft': `var(--ts-${token}-soft)`,
  }
  return (
    <span className={classes.chip} data-variant={variant} style={colours}>
      <StatusIcon token={token} size={variant === 'large' ? 24 : 15} />
      <span className={classes.word}>{children ?? STATUS_WORDS[token]}</span>
    </span>
  )
}
