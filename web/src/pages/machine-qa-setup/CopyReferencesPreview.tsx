import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireReferenceCopyPreview } from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import { referenceCopyPreviewQuery } from '../../api/machine-qa/program.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import classes from './copy-preview.module.css'

export interface CopyReferencesPreviewProps {
  readonly fromUnitId: number
  readonly toUnitId: number
  readonly unitName: string
}

/** What each test has and would get, before anything is copied. */
export function CopyReferencesPreview({
  fromUnitId,
  toUnitId,
  unitName,
}: CopyReferencesPreviewProps): ReactElement {
  const preview = useQuery(referenceCopyPreviewQuery({ fromUnitId, toUnitId }))
  if (preview.isError) return <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />
  if (preview.data === undefined) return <Skeleton height={120} />
  const { missing } = preview.data
  const changes = preview.data.changes.filter(({ isChange }) => isChange)
  const same = preview.data.changes.length - changes.length
  return (
    <section className={classes.preview} aria-label="What would change">
      <p>
        {changes.length === 0 ? 'Nothing would change' : `${changes.length} would change`}, {same} have the
        same already.
      </p>
      {changes.length === 0 ? null : (
        <div className={classes.scroller}>
          <table>
            <thead>
              <tr>
                <th scope="col">Test</th>
                <th scope="col">Now</th>
                <th scope="col">Then</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ test, before, after }) => (
                <tr key={test}>
                  <th scope="row">{test}</th>
                  <td>{describe(before)}</td>
                  <td>{describe(after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {missing.length === 0 ? null : (
        <p>
          {unitName} does not have: {missing.join(', ')}.
        </p>
      )}
    </section>
  )
}

function describe({ reference, tolerance }: WireReferenceCopyPreview['changes'][number]['before']): string {
  return [reference?.display ?? '', tolerance?.name ?? ''].filter(Boolean).join(', ') || 'nothing'
}
