import type { ReactElement, ReactNode } from 'react'
import classes from './ActionBar.module.css'

/** The bar that stays at the bottom of performing, entry and form pages: state at the left, actions at the right. */
export function ActionBar({
  state,
  children,
}: {
  readonly state: ReactNode
  readonly children: ReactNode
}): ReactElement {
  return (
    <div className={classes.bar} data-print="hide">
      <div className={classes.state} aria-live="polite">
        {state}
      </div>
      <div className={classes.actions}>{children}</div>
    </div>
  )
}
