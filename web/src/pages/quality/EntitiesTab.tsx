import { Button, Checkbox, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type {
  WireMetric,
  WireMetricEntities,
  WireSource,
} from '../../../../src/dialects/native/quality/report.schema.ts'
import { entitiesQuery } from '../../api/quality/reports.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { EntityTable } from './EntityTable.tsx'
import { useEditing } from './editing.ts'
import { JudgeBar } from './JudgeBar.tsx'
import classes from './quality.module.css'
import type { PatchView, ReportView } from './report-view.ts'

export interface EntitiesTabProps {
  readonly metric: WireMetric
  readonly source: WireSource
  readonly view: ReportView
  readonly patch: PatchView
}

/** What a source counted. Whoever may marks one or many at once. */
export function EntitiesTab(props: EntitiesTabProps): ReactElement {
  const { metric, source } = props
  const { report } = useEditing()
  const entities = useQuery({ ...entitiesQuery(metric.id), enabled: report.at === null })
  if (report.at !== null) return <EmptyNote>What was counted then is not shown: go back to now.</EmptyNote>
  if (entities.isError && entities.data === undefined)
    return <ErrorPanel error={entities.error} onRetry={() => void entities.refetch()} />
  if (entities.data === undefined) return <Skeleton height={240} radius="md" />
  const found = entities.data.sources.find(({ sourceId }) => sourceId === source.id)
  if (found === undefined) return <EmptyNote>Nothing was counted yet.</EmptyNote>
  if (!found.isVisible) return <EmptyNote>You may not see what this source counted.</EmptyNote>
  return <EntityList {...props} found={found} />
}

export type SourceEntities = WireMetricEntities['sources'][number]

const AT_ONCE = 100

function EntityList({
  metric,
  view,
  patch,
  found,
}: EntitiesTabProps & { readonly found: SourceEntities }): ReactElement {
  const { report } = useEditing()
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(AT_ONCE)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const isHiding = view.hideIgnored.includes(metric.id)
  const words = search.trim().toLocaleLowerCase()
  const matching = found.entities.filter(
    (entity) =>
      !(isHiding && entity.isIgnored) &&
      Object.values(entity.attributes).join(' ').toLocaleLowerCase().includes(words),
  )
  const toggleHiding = (): void => {
    const next = isHiding
      ? view.hideIgnored.filter((id) => id !== metric.id)
      : [...view.hideIgnored, metric.id]
    patch({ hide_ignored_entities: next.join(',') || undefined })
  }
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          aria-label={`Search ${found.entityNamePlural}`}
          placeholder={`Search ${found.entityNamePlural}`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Checkbox label="Hide ignored" checked={isHiding} onChange={toggleHiding} />
        <span className={classes.shown}>
          {matching.length.toLocaleString()}{' '}
          {matching.length === 1 ? found.entityName : found.entityNamePlural}
        </span>
      </div>
      {report.mayJudge ? (
        <JudgeBar
          metricId={metric.id}
          found={found}
          keys={[...picked].filter((key) => matching.some((entity) => entity.key === key))}
          onDone={() => setPicked(new Set())}
        />
      ) : (
        <p className="ts-dim">Marking needs the right to judge what quality metrics count.</p>
      )}
      <EntityTable
        found={found}
        columns={found.columns.filter(({ key }) => found.entities.some((entity) => entity.attributes[key]))}
        entities={matching.slice(0, limit)}
        all={matching}
        mayJudge={report.mayJudge}
        picked={picked}
        onPick={setPicked}
      />
      {matching.length > limit ? (
        <Button variant="default" onClick={() => setLimit(limit + AT_ONCE)}>
          Show more
        </Button>
      ) : null}
    </>
  )
}
