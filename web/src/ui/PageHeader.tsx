import { Skeleton } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import classes from './PageHeader.module.css'
import { type Crumb, usePagePlace } from './page-place.ts'

export interface PageHeaderProps {
  readonly title: string
  /** What kind of thing this is, in small letters above the title: `Unit`, `Test list`. */
  readonly kind?: string
  /** The steps above this page; empty for the start page of a module. */
  readonly crumbs?: readonly Crumb[]
  /** Status chip, beside the title. */
  readonly status?: ReactNode
  /** How many things a list holds, beside the title. */
  readonly count?: number | null | undefined
  /** `FactsLine`, or one sentence: state since when, what is expected of the reader. */
  readonly facts?: ReactNode
  /** The one primary action. Comes last, at the right edge. */
  readonly primary?: ReactNode
  /** Everything else that can be done, at the left of the primary action. */
  readonly actions?: ReactNode
  /** Keeps the height of title and facts while they are read. */
  readonly loading?: boolean
}

/** The head of every page: what it is, in what state, and the one thing to do. */
export function PageHeader(props: PageHeaderProps): ReactElement {
  usePagePlace(props.title, props.crumbs ?? [])
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {props.kind === undefined ? null : <p className={classes.kind}>{props.kind}</p>}
        <div className={classes.titleLine}>
          <h1 className={classes.title} tabIndex={-1}>
            {props.loading ? (
              <Skeleton component="span" width={280} height={24} display="inline-block" />
            ) : (
              props.title
            )}
          </h1>
          {props.count === undefined || props.count === null ? null : (
            <span className={classes.count}>{props.count.toLocaleString()}</span>
          )}
          {props.status}
        </div>
        {props.facts === undefined && !props.loading ? null : (
          <div className={classes.facts}>
            {props.loading ? (
              <Skeleton component="span" width={420} height={14} display="inline-block" />
            ) : (
              props.facts
            )}
          </div>
        )}
      </div>
      {props.actions === undefined && props.primary === undefined ? null : (
        <div className={classes.actions} data-print="hide">
          {props.actions}
          {props.primary}
        </div>
      )}
    </header>
  )
}
