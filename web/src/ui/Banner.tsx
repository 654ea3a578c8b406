import type { ReactElement, ReactNode } from 'react'
import type { StatusToken } from '../theme/tokens.ts'
import classes from './Banner.module.css'
import { StatusIcon } from './StatusIcon.tsx'

export interface BannerProps {
  readonly token: StatusToken
  readonly children: ReactNode
  /** A way out, at the right edge. */
  readonly action?: ReactNode
}

/** One thin line for a condition of the whole page or site. Not for the outcome of an action: see `toasts.ts`. */
export function Banner({ token, children, action }: BannerProps): ReactElement {
  const colours = { background: `var(--ts-${token}-soft)`, color: `var(--ts-${token}-text)` }
  return (
    <div className={classes.banner} role="status" style={colours}>
      <StatusIcon token={token} size={15} />
      <span className={classes.words}>{children}</span>
      {action}
    </div>
  )
}
