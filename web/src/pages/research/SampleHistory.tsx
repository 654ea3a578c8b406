import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { JsonDocument, SampleDetails } from '../../../../src/dialects/native/research/research.schema.ts'
import { valueText } from '../../api/research/info-text.ts'
import { sampleHistoryQuery } from '../../api/research/samples.ts'
import { fieldsOf, type InfoField, isObject } from '../../api/research/schema-fields.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { HistoryTimeline } from '../../ui/HistoryTimeline.tsx'

const LABELS: Readonly<Record<string, string>> = {
  sampleId: 'Id',
  name: 'Name',
  state: 'State',
  dateCreated: 'Made on',
  location: 'Location',
  amount: 'Amount',
  parent: 'Parent',
  project: 'Project',
  institute: 'Institute',
  method: 'Made by',
}

/** Who changed what of a sample, field by field of its info. */
export function SampleHistory({ sample }: { readonly sample: SampleDetails }): ReactElement {
  const history = useQuery(sampleHistoryQuery(sample.id))
  if (history.isError) return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />
  const fields = new Map<string, InfoField>(
    fieldsOf(sample.typeVersion.schema).map((field) => [`info.${field.name}`, field] as const),
  )
  const items = (history.data?.items ?? []).map((item) => ({
    ...item,
    changes: item.changes.flatMap((change) =>
      change.field === 'info'
        ? changesOfInfo(asDocument(change.before), asDocument(change.after))
        : LABELS[change.field] === undefined
          ? []
          : [change],
    ),
  }))
  return (
    <HistoryTimeline
      items={items}
      labelOf={(name) => fields.get(name)?.label ?? LABELS[name] ?? name}
      showValue={(name, value) => {
        const text = valueText(fields.get(name) ?? { kind: 'text', units: [] }, asJson(value))
        return text === '' ? <span className="ts-dim">nothing</span> : text
      }}
    />
  )
}

function changesOfInfo(before: JsonDocument, after: JsonDocument) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ field: `info.${name}`, before: before[name], after: after[name] }))
}

function asDocument(value: unknown): JsonDocument {
  return isObject(value) ? value : {}
}

function asJson(value: unknown) {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (isObject(value) && 'label' in value) return String(value.label)
  return isObject(value) ? value : value === undefined ? undefined : JSON.stringify(value)
}
