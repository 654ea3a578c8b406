import { Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { forYouQuery } from '../api/for-you.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { StatusIcon } from '../ui/StatusIcon.tsx'
import classes from './DueIndicator.module.css'

/** How much waits for the signed-in user; leads to the list. */
export function DueIndicator(): ReactElement {
  const { data } = useQuery(forYouQuery)
  const overdue = data?.items.filter((item) => item.token === 'late').length ?? 0
  const due = data?.items.filter((item) => item.token === 'todo').length ?? 0
  const words = [overdue > 0 ? `${overdue} overdue` : '', due > 0 ? `${due} due` : '']
    .filter(Boolean)
    .join(', ')
  return (
    <Tooltip label={words === '' ? 'Nothing is due' : words}>
      <AppLink to="/" className={classes.due}>
        <StatusIcon token={overdue > 0 ? 'late' : due > 0 ? 'todo' : 'none'} size={18} />
        <span className={classes.number}>{overdue + due > 0 ? overdue + due : ''}</span>
        <span className="ts-hidden"> for me: {words === '' ? 'nothing is due' : words}</span>
      </AppLink>
    </Tooltip>
  )
}
