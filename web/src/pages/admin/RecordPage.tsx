import { Button, Skeleton, Stack, Tabs } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, Suspense, useState } from 'react'
import type { RecordMeta } from '../../api/record-meta.ts'
import { changeRecord, type RecordRow, recordQuery, retireRecord } from '../../api/records.ts'
import { RECORD_TABS, type RecordTab } from '../../app/record-tabs.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { FieldValue } from '../../ui/FieldValue.tsx'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RecordForm } from '../../ui/RecordForm.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { toast } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { RecordHistory } from './RecordHistory.tsx'
import { crumbsTo, listPath, titleOf, useRecordMeta } from './record-admin.ts'

/** One row: its form, or its facts for those who may only read, and its history. */
export function RecordPage(): ReactElement {
  const meta = useRecordMeta()
  const { id = '' } = useParams({ strict: false })
  const record = useQuery(recordQuery(meta, id))
  if (record.isError && record.data === undefined) {
    return (
      <>
        <PageHeader title={`${meta.label.one} ${id}`} crumbs={crumbsTo(meta)} />
        <ErrorPanel error={record.error} onRetry={() => void record.refetch()}>
          <AppLink to={listPath(meta)}>All {meta.label.many.toLowerCase()}</AppLink>
        </ErrorPanel>
      </>
    )
  }
  return record.data === undefined ? (
    <LoadingRecord meta={meta} id={id} />
  ) : (
    <LoadedRecord key={`${meta.name}/${id}`} meta={meta} row={record.data} />
  )
}

function LoadingRecord({ meta, id }: { readonly meta: RecordMeta; readonly id: string }): ReactElement {
  return (
    <>
      <PageHeader title={`${meta.label.one} ${id}`} kind={meta.label.one} crumbs={crumbsTo(meta)} loading />
      <Stack gap={20} maw={680} mt={64} aria-busy="true">
        {meta.fields.slice(0, 8).map((field) => (
          <Skeleton key={field.name} height={64} />
        ))}
      </Stack>
    </>
  )
}

interface LoadedRecordProps {
  readonly meta: RecordMeta
  readonly row: RecordRow
}

function LoadedRecord({ meta, row }: LoadedRecordProps): ReactElement {
  const [search, patch] = useUrlState()
  const [move, setMove] = useState<'retire' | 'restore'>()
  const client = useQueryClient()
  const isRetired = typeof row.retiredAt === 'string'
  const title = titleOf(meta, row)
  const query = recordQuery(meta, String(row.id))
  const own = tabsOf(meta)
  const tab = ['history', ...own.map(({ name }) => name)].find((known) => known === search.tab) ?? 'overview'

  const accept = async (next: RecordRow): Promise<void> => {
    client.setQueryData(query.queryKey, next)
    await client.invalidateQueries({ queryKey: ['list', meta.name] })
    await client.invalidateQueries({ queryKey: [...query.queryKey, 'history'] })
  }
  const save = async (
    body: Readonly<Record<string, unknown>>,
    version: number | undefined,
  ): Promise<void> => {
    await accept(await changeRecord(meta, row.id, version ?? row.version, body))
    toast('Changes saved.')
  }

  return (
    <>
      <PageHeader
        title={title}
        kind={meta.label.one}
        crumbs={crumbsTo(meta)}
        status={
          isRetired ? (
            <StatusChip token="void" variant="soft">
              Retired
            </StatusChip>
          ) : undefined
        }
        facts={<Facts meta={meta} row={row} />}
        actions={
          meta.can.retire && meta.retirable ? (
            <Button variant="default" onClick={() => setMove(isRetired ? 'restore' : 'retire')}>
              {isRetired ? 'Restore' : 'Retire'}
            </Button>
          ) : undefined
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => patch({ tab: next === 'overview' ? undefined : (next ?? undefined) })}
        keepMounted
      >
        <Tabs.List mb={24}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          {own.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        {own.map(({ name, component: Content }) => (
          <Tabs.Panel key={name} value={name}>
            {tab === name ? (
              <Suspense fallback={<Skeleton height={320} maw={820} />}>
                <Content id={row.id} title={title} />
              </Suspense>
            ) : null}
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="overview">
          {meta.can.change ? (
            <RecordForm
              key={row.version}
              meta={meta}
              record={row}
              action="Save changes"
              onSave={save}
              onReread={() => client.fetchQuery({ ...query, staleTime: 0 })}
            />
          ) : (
            <ReadOnlyRecord meta={meta} row={row} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <RecordHistory meta={meta} id={String(row.id)} isShown={tab === 'history'} />
        </Tabs.Panel>
      </Tabs>
      {move === undefined ? null : (
        <MoveRecord
          meta={meta}
          row={row}
          title={title}
          move={move}
          onMoved={accept}
          onClose={() => setMove(undefined)}
        />
      )}
    </>
  )
}

/** What the record's module adds, for those who may use it. */
function tabsOf(meta: RecordMeta): readonly RecordTab[] {
  return (RECORD_TABS[meta.name] ?? []).filter((tab) => tab.for === 'readers' || meta.can.change)
}

function Facts({ meta, row }: LoadedRecordProps): ReactElement {
  const modifiedBy = meta.fields.find(({ name }) => name === 'modifiedBy')
  return (
    <FactsLine>
      <span>
        Id <CopyText value={String(row.id)} />
      </span>
      <span>
        Version <span className="ts-num">{row.version}</span>
      </span>
      {typeof row.modifiedAt === 'string' ? (
        <span>
          Changed <RelativeTime at={row.modifiedAt} hint="tooltip" />
          {modifiedBy !== undefined && row.modifiedBy ? (
            <>
              {' by '}
              <FieldValue field={modifiedBy} value={row.modifiedBy} place="cell" />
            </>
          ) : null}
        </span>
      ) : null}
      {meta.can.change ? null : <span>You may read this, not change it</span>}
    </FactsLine>
  )
}

function ReadOnlyRecord({ meta, row }: LoadedRecordProps): ReactElement {
  const facts = meta.fields
    .filter(({ name }) => name !== 'id' && name !== 'version')
    .map((field) => ({
      label: field.label,
      value: <FieldValue field={field} value={row[field.name]} />,
      wide: ['long-text', 'html', 'code', 'json'].includes(field.kind),
    }))
  return <KeyValue facts={facts} />
}

interface MoveRecordProps extends LoadedRecordProps {
  readonly title: string
  readonly move: 'retire' | 'restore'
  readonly onMoved: (row: RecordRow) => Promise<void>
  readonly onClose: () => void
}

function MoveRecord({ meta, row, title, move, onMoved, onClose }: MoveRecordProps): ReactElement {
  const verb = move === 'retire' ? 'Retire' : 'Restore'
  return (
    <ConfirmWithReason
      title={`${verb} ${title}?`}
      action={`${verb} ${meta.label.one.toLowerCase()}`}
      reason="optional"
      onClose={onClose}
      onConfirm={async (reason) => {
        await onMoved(await retireRecord(meta, row.id, move, reason))
        toast(`${title} ${move === 'retire' ? 'retired' : 'restored'}.`)
      }}
    >
      {move === 'retire'
        ? 'It can no longer be chosen. Everything that refers to it stays, and it can be restored.'
        : 'It can be chosen again.'}
    </ConfirmWithReason>
  )
}
