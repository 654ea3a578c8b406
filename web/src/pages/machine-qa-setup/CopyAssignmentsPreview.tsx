import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { assignmentCopyPreviewQuery } from '../../api/machine-qa/program.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './copy-preview.module.css'

export interface CopyAssignmentsPreviewProps {
  readonly assignmentIds: readonly number[]
  readonly units: readonly ReferenceOption[]
}

/** What copying would make on each unit, and what it has already. */
export function CopyAssignmentsPreview({
  assignmentIds,
  units,
}: CopyAssignmentsPreviewProps): ReactElement | null {
  const isChosen = assignmentIds.length > 0 && units.length > 0
  const preview = useQuery({
    ...assignmentCopyPreviewQuery({ assignmentIds, unitIds: units.map(({ id }) => id) }),
    enabled: isChosen,
  })
  if (!isChosen) return null
  if (preview.isError) return <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />
  if (preview.data === undefined) return <Skeleton height={80} />
  const { made, existing } = preview.data
  return (
    <section className={classes.preview} aria-label="What would be made">
      {units.map(({ id, label }) => (
        <div key={id}>
          <h3>{label}</h3>
          <ul>
            {made
              .filter(({ unitId }) => unitId === id)
              .map(({ name }) => (
                <li key={`new ${name}`}>
                  <StatusChip token="ok">New</StatusChip>
                  <span>{name}</span>
                </li>
              ))}
            {existing
              .filter(({ unitId }) => unitId === id)
              .map(({ name }) => (
                <li key={`existing ${name}`}>
                  <StatusChip token="none">Stays</StatusChip>
                  <span>{name}</span>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
