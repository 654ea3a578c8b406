import type { ReactElement, ReactNode } from 'react'
import { Brand } from '../../ui/Brand.tsx'
import { usePagePlace } from '../../ui/page-place.ts'
import classes from './AccessCard.module.css'

export interface AccessCardProps {
  readonly title: string
  readonly children: ReactNode
  /** Below the card: the way to somewhere else. */
  readonly foot?: ReactNode
}

/** The frame of every page that can be reached without being signed in. */
export function AccessCard({ title, children, foot }: AccessCardProps): ReactElement {
  usePagePlace(title, [])
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Brand />
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
      {foot === undefined ? null : <p className={classes.foot}>{foot}</p>}
    </main>
  )
}
