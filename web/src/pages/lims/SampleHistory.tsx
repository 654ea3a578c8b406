import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { sampleHistoryQuery } from '../../api/lims/samples.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { HistoryTimeline } from '../../ui/HistoryTimeline.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'

/** Who did what to a sample, when and why. */
export function SampleHistory({ id }: { readonly id: number }): ReactElement {
  const history = useQuery(sampleHistoryQuery(id))
  if (history.isError) return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />
  if (history.data === undefined) return <Skeleton height={160} maw={680} />
  if (history.data.items.length === 0) return <EmptyNote>Nothing has been recorded about this yet.</EmptyNote>
  return (
    <HistoryTimeline
      items={history.data.items}
      labelOf={wordsOf}
      showValue={(_, value) =>
        typeof value === 'string' && INSTANT.test(value) ? (
          <RelativeTime at={value} hint="tooltip" />
        ) : (
          <span className={typeof value === 'object' ? 'ts-mono' : undefined}>{valueText(value)}</span>
        )
      }
    />
  )
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** `dateReceived` → `Date received`. */
function wordsOf(field: string): string {
  const words = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const LONGEST = 200

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
