import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { FieldMeta, RecordMeta } from '../../api/record-meta.ts'
import { historyQuery } from '../../api/records.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FieldValue } from '../../ui/FieldValue.tsx'
import { HistoryTimeline } from '../../ui/HistoryTimeline.tsx'
import { useReferenceSource } from '../../ui/reference-source.ts'

export interface RecordHistoryProps {
  readonly meta: RecordMeta
  readonly id: string
  /** Read only when looked at. */
  readonly isShown: boolean
}

/** Who changed a record, from what to what, and why. */
export function RecordHistory({ meta, id, isShown }: RecordHistoryProps): ReactElement {
  const history = useQuery({ ...historyQuery(meta, id), enabled: isShown })
  const byName = new Map(meta.fields.map((field) => [field.name, field]))
  if (history.isError) return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />
  if (history.data === undefined) {
    return (
      <Stack gap={16} maw={680} aria-busy="true">
        <Skeleton height={48} />
        <Skeleton height={48} />
        <Skeleton height={48} />
      </Stack>
    )
  }
  if (history.data.items.length === 0) return <EmptyNote>Nothing has been recorded about this yet.</EmptyNote>
  return (
    <HistoryTimeline
      items={history.data.items}
      labelOf={(name) => byName.get(name)?.label ?? name}
      showValue={(name, value) => <HistoryValue field={byName.get(name)} value={value} />}
    />
  )
}

interface HistoryValueProps {
  readonly field: FieldMeta | undefined
  readonly value: unknown
}

/** The audit trail holds references as ids; their present titles are looked up. */
function HistoryValue({ field, value }: HistoryValueProps): ReactElement {
  const source = useReferenceSource()
  const ids = [value].flat().filter((one) => typeof one === 'number')
  const isReference = field?.kind === 'reference' || field?.kind === 'references'
  const titles = useQuery({
    queryKey: ['reference', field?.target, 'ids', ids],
    queryFn: ({ signal }) => source.byIds(field?.target ?? '', ids, signal),
    enabled: isReference && ids.length > 0,
    staleTime: 60_000,
  })
  if (field === undefined) return <>{value === null ? '–' : String(value)}</>
  if (!isReference || ids.length === 0) return <FieldValue field={field} value={value} place="cell" />
  const known = new Map(titles.data?.map(({ id, label }) => [id, label]))
  return <>{ids.map((id) => known.get(id) ?? `#${id}`).join(', ')}</>
}
