import type { ReactElement, ReactNode } from 'react'
import classes from './ActionBar.module.css'

export interface ActionBarProps {
  /** What there is to know before acting: counts, unsaved changes. */
  readonly state: ReactNode
  readonly children: ReactNode
  /** `form` keeps state and actions above one another's column in a narrow form. */
  readonly width?: 'page' | 'form'
}

/** The bar that stays at the bottom of performing, entry and form pages: state at the left, actions at the right. */
export function ActionBar({ state, children, width = 'page' }: ActionBarProps): ReactElement {
  return (
    <div className={classes.bar} data-print="hide">
      <div className={classes.content} data-width={width}>
        <div className={classes.state} aria-live="polite">
          {state}
        </div>
        <div className={classes.actions}>{children}</div>
      </div>
    </div>
  )
}
