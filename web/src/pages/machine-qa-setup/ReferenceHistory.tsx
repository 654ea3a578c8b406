import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireCompared } from '../../../../src/dialects/native/machine-qa/configuration.schema.ts'
import { referenceHistoryQuery } from '../../api/machine-qa/configuration.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatNumber } from '../../ui/number-text.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import classes from './references.module.css'
import type { ComparedTest } from './unit-references.ts'

/** What a test on a unit was compared with before, who changed it and why. */
export function ReferenceHistory({ test }: { readonly test: ComparedTest }): ReactElement {
  const history = useQuery(referenceHistoryQuery(test.infoId))
  if (history.isError) return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />
  if (history.data === undefined) return <Skeleton height={44} />
  const { changes } = history.data
  if (changes.length === 0) return <p className={classes.nothing}>Nothing has been changed yet.</p>
  return (
    <ol className={classes.changes} aria-label={`History of ${test.name}`}>
      {changes.map(({ at, by, comment, before, after }) => (
        <li key={at}>
          <span className={classes.when}>
            <RelativeTime at={at} /> · {by ?? 'Touchstone'}
          </span>
          <span>
            {textOf(before)} → <strong>{textOf(after)}</strong>
          </span>
          <span className="ts-dim">“{comment}”</span>
        </li>
      ))}
    </ol>
  )
}

function textOf({ reference, tolerance }: WireCompared): string {
  const value = reference === null ? 'no reference' : valueText(reference)
  return `${value}, ${tolerance?.name ?? 'no tolerance'}`
}

function valueText({ kind, value }: NonNullable<WireCompared['reference']>): string {
  if (kind === 'boolean') return value === 1 ? 'Yes' : 'No'
  return formatNumber(value)
}
