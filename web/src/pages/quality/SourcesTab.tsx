import { Select } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { WireParameter } from '../../../../src/dialects/native/quality/catalogue.schema.ts'
import type {
  WireMetric,
  WireParameterEdit,
  WireSource,
} from '../../../../src/dialects/native/quality/report.schema.ts'
import { changeParameter } from '../../api/quality/edits.ts'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import { toast } from '../../ui/toasts.ts'
import { AddItem } from './AddItem.tsx'
import { EditField } from './EditField.tsx'
import { useEditing, useReread, useSaveAttribute } from './editing.ts'
import { ItemMenu } from './ItemMenu.tsx'
import { ParameterField } from './ParameterField.tsx'
import classes from './quality.module.css'

const SCOPES: readonly { readonly value: WireParameterEdit['scope']; readonly label: string }[] = [
  { value: 'source', label: 'this source' },
  { value: 'metric', label: 'this metric, where it is the same' },
  { value: 'subject', label: 'this subject, where it is the same' },
  { value: 'report', label: 'this report, where it is the same' },
  { value: 'reports', label: 'all reports, where it is the same' },
]

/** Where a metric is measured. */
export function SourcesTab({ metric }: { readonly metric: WireMetric }): ReactElement {
  const { mayEdit } = useEditing()
  return (
    <>
      {metric.sources.length === 0 ? <p className={classes.none}>No source yet.</p> : null}
      {metric.sources.map((source) => (
        <SourceFields key={source.id} metric={metric} source={source} />
      ))}
      {mayEdit ? (
        <AddItem
          kind="source"
          parentId={metric.id}
          label="Add source"
          context={metric.name}
          metricType={metric.type}
        />
      ) : null}
    </>
  )
}

function SourceFields({
  metric,
  source,
}: {
  readonly metric: WireMetric
  readonly source: WireSource
}): ReactElement {
  const { catalogue, report, mayEdit } = useEditing()
  const saveAttribute = useSaveAttribute('source', source)
  const reread = useReread()
  const [scope, setScope] = useState<WireParameterEdit['scope']>('source')
  const type = catalogue?.sources.find(({ key }) => key === source.type)
  const parameters = (type?.parameters ?? []).filter(
    ({ metrics }) => metrics === null || metrics.includes(metric.type),
  )
  const save = async ({ key }: WireParameter, value: string | readonly string[]): Promise<void> => {
    const { changedSources } = await changeParameter(source.id, key, { value, scope })
    await reread()
    if (changedSources > 1) toast(`Changed in ${changedSources} sources.`)
  }
  const metrics = report.subjects.flatMap((subject) =>
    subject.metrics
      .filter(({ type: kind }) => type?.metrics.includes(kind) ?? false)
      .map(({ id, name }) => ({ id, label: `${subject.name} ▸ ${name}` })),
  )
  return (
    <section className={classes.source} aria-label={`Source ${source.name}`}>
      <div className={classes.sourceHead}>
        <h3>{source.name}</h3>
        <span className="ts-dim">{source.typeName}</span>
        {mayEdit ? (
          <ItemMenu
            kind="source"
            id={source.id}
            name={source.name}
            copyTo={metrics.slice(0, 40)}
            moveTo={metrics.filter(({ id }) => id !== metric.id).slice(0, 40)}
          />
        ) : null}
      </div>
      <SourceProblems source={source} />
      <div className={classes.fields}>
        <EditField
          label="Name of the source"
          value={String(source.attributes.name ?? '')}
          placeholder={source.typeName}
          onSave={(value, force) => saveAttribute('name', value || null, force)}
        />
        {mayEdit ? (
          <Select
            className={classes.field ?? ''}
            label="Changes below apply to"
            data={[...SCOPES]}
            value={scope}
            allowDeselect={false}
            onChange={(value) => setScope(SCOPES.find((each) => each.value === value)?.value ?? 'source')}
          />
        ) : null}
        {parameters.map((parameter) => (
          <ParameterField
            key={parameter.key}
            parameter={parameter}
            value={source.parameters[parameter.key] ?? parameter.value}
            onSave={(value) => save(parameter, value)}
          />
        ))}
      </div>
    </section>
  )
}

function SourceProblems({ source }: { readonly source: WireSource }): ReactElement | null {
  const problems = [
    source.isRead ? null : 'This kind of source is not read yet; its configuration is kept.',
    source.configurationError,
    source.connectionError === null ? null : `It could not be reached: ${source.connectionError}`,
    source.parseError === null ? null : `It could not be understood: ${source.parseError}`,
    source.infoMessage,
  ].filter((problem) => problem !== null)
  if (problems.length === 0) return null
  return (
    <ul className={classes.problems}>
      {problems.map((problem) => (
        <li key={problem}>
          <StatusIcon token="warn" size={15} /> <span>{problem}</span>
        </li>
      ))}
    </ul>
  )
}
