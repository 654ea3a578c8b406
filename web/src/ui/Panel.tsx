import type { ReactElement, ReactNode } from 'react'
import classes from './Panel.module.css'

export interface PanelProps {
  readonly title?: string
  /** Beside the title, at the right edge. */
  readonly aside?: ReactNode
  /** `flush` lets rows and tables reach the border. */
  readonly padding?: 'normal' | 'flush'
  readonly children: ReactNode
}

/** A part of a page with a heading of its own. */
export function Panel({ title, aside, padding = 'normal', children }: PanelProps): ReactElement {
  return (
    <section className={classes.panel} aria-label={title}>
      {title === undefined ? null : (
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          {aside}
        </div>
      )}
      <div className={classes.body} data-padding={padding}>
        {children}
      </div>
    </section>
  )
}
