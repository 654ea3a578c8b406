import type { ReactElement, ReactNode } from 'react'
import classes from './EmptyNote.module.css'

/** Where nothing is: one sentence, and the action that changes it. */
export function EmptyNote({
  children,
  action,
}: {
  readonly children: ReactNode
  readonly action?: ReactNode
}): ReactElement {
  return (
    <div className={classes.note}>
      <p>{children}</p>
      {action}
    </div>
  )
}
