import { Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { WireReferenceHistory } from '../../../../src/dialects/native/machine-qa/configuration.schema.ts'
import { qaRecordQuery, referenceHistoryQuery } from '../../api/machine-qa/configuration.ts'
import { testHistoryQuery } from '../../api/machine-qa/sessions.ts'
import type { RecordRow, Reference } from '../../api/records.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { ReferencePreview } from './ReferencePreview.tsx'
import { SetReference, type TypedReference } from './SetReference.tsx'
import { TestHistoryChart } from './TestHistoryChart.tsx'
import classes from './test.module.css'

/** One test on one unit: its course, and what it is compared with. */
export function TestPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const infoId = Number(id)
  const history = useQuery(testHistoryQuery(infoId))
  const info = useQuery(qaRecordQuery('unit-test-infos', id))
  const references = useQuery(referenceHistoryQuery(infoId))
  const maySet = usePermission('machine-qa.unit-test-info.change')
  const subject = history.data?.subject
  const unit = info.data?.unit as { readonly id: number } | undefined
  const chart = chartPath(info.data)
  return (
    <>
      <PageHeader
        title={subject?.test ?? `Test ${id}`}
        kind="Test on a unit"
        loading={subject === undefined && !history.isError}
        crumbs={[
          { label: 'Machine QA', to: '/machine-qa' },
          ...(subject === undefined || unit === undefined
            ? []
            : [{ label: subject.unit, to: `/machine-qa/units/${unit.id}?tab=references` }]),
        ]}
        facts={
          <FactsLine>
            <span>{subject?.unit}</span>
            {references.data === undefined ? null : (
              <span>Compared with {describeCompared(references.data.present)}</span>
            )}
            {chart === undefined ? null : <AppLink to={chart}>Compare in charts</AppLink>}
            {history.data === undefined ? null : (
              <span className="ts-num">
                {history.data.complete ? '' : 'last '}
                {history.data.points.length} results
              </span>
            )}
          </FactsLine>
        }
      />
      <div className={classes.parts}>
        <TestHistoryChart unitTestInfoId={infoId} title={subject?.test ?? 'Results'} height={380} />
        <div className={classes.columns}>
          {maySet && references.data !== undefined ? (
            <ReferenceChange infoId={infoId} history={references.data} />
          ) : null}
          <Panel title="Changes of reference and tolerance">
            {references.isError ? (
              <ErrorPanel error={references.error} onRetry={() => void references.refetch()} />
            ) : references.data === undefined ? (
              <Skeleton height={120} />
            ) : (
              <ReferenceChanges history={references.data} />
            )}
          </Panel>
        </div>
      </div>
    </>
  )
}

/** The same test among others, where several can be compared. */
function chartPath(info: RecordRow | undefined): string | undefined {
  if (info === undefined) return undefined
  const { unit, test } = info as RecordRow & { readonly unit: Reference; readonly test: Reference }
  return `/machine-qa/charts?unit=${unit.id}&test=${test.id}`
}

/** The form that sets a reference, beside what it would have meant for past results. */
function ReferenceChange({
  infoId,
  history,
}: {
  readonly infoId: number
  readonly history: WireReferenceHistory
}): ReactElement {
  const [typed, setTyped] = useState<TypedReference>()
  const [settled] = useDebouncedValue(typed, 300)
  return (
    <>
      <Panel title="Set reference and tolerance">
        <SetReference
          key={history.changes.length}
          unitTestInfoId={infoId}
          present={history.present}
          onType={setTyped}
        />
      </Panel>
      <ReferencePreview wanted={settled === undefined ? undefined : { unitTestInfoId: infoId, ...settled }} />
    </>
  )
}

function ReferenceChanges({ history }: { readonly history: WireReferenceHistory }): ReactElement {
  if (history.changes.length === 0) return <EmptyNote>Nothing has been changed yet.</EmptyNote>
  return (
    <ol className={classes.changes}>
      {history.changes.map(({ at, by, comment, before, after }) => (
        <li key={at}>
          <p>
            <span className="ts-num">{describeCompared(before)}</span>
            <span aria-hidden="true"> → </span>
            <span className="ts-hidden"> to </span>
            <strong className="ts-num">{describeCompared(after)}</strong>
          </p>
          <p className="ts-dim">
            {by ?? 'Touchstone'} · <RelativeTime at={at} />
          </p>
          {comment === '' ? null : <p>“{comment}”</p>}
        </li>
      ))}
    </ol>
  )
}

function describeCompared({ reference, tolerance }: WireReferenceHistory['present']): string {
  if (reference === null && tolerance === null) return 'nothing'
  const value =
    reference === null
      ? ''
      : reference.kind === 'boolean'
        ? yesOrNo(reference.value)
        : String(reference.value)
  return [value, tolerance?.name ?? ''].filter(Boolean).join(', ')
}

function yesOrNo(value: number): string {
  return value === 1 ? 'Yes' : 'No'
}
