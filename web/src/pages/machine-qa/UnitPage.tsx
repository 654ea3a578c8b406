import { Skeleton, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, Suspense } from 'react'
import type { WireUnitState, WireWorkItem } from '../../../../src/dialects/native/machine-qa/work.schema.ts'
import { qaRecordQuery } from '../../api/machine-qa/configuration.ts'
import { readSessions, type SessionRow } from '../../api/machine-qa/sessions.ts'
import { UNIT_STATE } from '../../api/machine-qa/words.ts'
import { unitStateQuery, unitWorkQuery } from '../../api/machine-qa/work.ts'
import type { Reference } from '../../api/records.ts'
import { usePermission } from '../../api/session.ts'
import { UnitFaults, UnitFile, UnitService } from '../../app/machine-qa-parts.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { StatusStrip } from '../../ui/StatusStrip.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { FollowUnit } from './FollowUnit.tsx'
import { ReportFaultButton } from './ReportFaultButton.tsx'
import { SessionList } from './SessionListPage.tsx'
import { UnitReferences } from './UnitReferences.tsx'
import { WORK_COLUMNS, workPath } from './WorkListPage.tsx'
import classes from './work.module.css'

const COLUMNS = WORK_COLUMNS.filter(({ id }) => id !== 'unit').map((column) => ({
  ...column,
  sortable: false,
}))

/** One unit: whether it is fit for use and why, what is to be performed on it, and what was. */
export function UnitPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const [search, patch] = useUrlState()
  const unit = useQuery(qaRecordQuery('units', id))
  const state = useQuery(unitStateQuery(id))
  const shown = state.data === undefined ? undefined : UNIT_STATE[state.data.state]
  const tab = search.tab ?? 'work'
  const seesService = usePermission('machine-qa.service-event.view')
  const seesFaults = usePermission('machine-qa.fault.view')
  const crumbs = [{ label: 'Machine QA', to: '/machine-qa' }]
  if (unit.isError) {
    return (
      <>
        <PageHeader title={`Unit ${id}`} crumbs={crumbs} />
        <ErrorPanel error={unit.error} onRetry={() => void unit.refetch()} />
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={String(unit.data?.name ?? `Unit ${id}`)}
        kind="Unit"
        crumbs={crumbs}
        loading={unit.data === undefined}
        status={
          shown === undefined ? undefined : (
            <StatusChip token={shown.token} variant="soft">
              {shown.word}
            </StatusChip>
          )
        }
        actions={
          <>
            <FollowUnit id={Number(id)} />
            <ReportFaultButton unit={{ id: Number(id), name: String(unit.data?.name ?? `Unit ${id}`) }} />
          </>
        }
        facts={
          <FactsLine>
            <span className="ts-num">Number {String(unit.data?.number ?? '')}</span>
            {labelOf(unit.data?.type)}
            {labelOf(unit.data?.site)}
            {unit.data?.serialNumber ? (
              <span>
                Serial <span className="ts-mono">{String(unit.data.serialNumber)}</span>
              </span>
            ) : null}
            <AppLink to={`/admin/machine-qa.unit/${id}`}>All facts</AppLink>
          </FactsLine>
        }
      />
      <Tabs
        value={tab}
        onChange={(chosen) => patch(clearedList(search, chosen === 'work' ? undefined : String(chosen)))}
      >
        <Tabs.List mb={20}>
          <Tabs.Tab value="work">To perform</Tabs.Tab>
          <Tabs.Tab value="sessions">Sessions</Tabs.Tab>
          <Tabs.Tab value="references">References</Tabs.Tab>
          {seesService ? <Tabs.Tab value="service">Service</Tabs.Tab> : null}
          {seesFaults ? <Tabs.Tab value="faults">Faults</Tabs.Tab> : null}
          <Tabs.Tab value="file">Contacts and documents</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="work">
          <div className={classes.parts}>
            <UnitWork unitId={id} />
            <UnitStatePanel state={state.data} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="sessions">{tab === 'sessions' ? <UnitSessions unitId={id} /> : null}</Tabs.Panel>
        <Tabs.Panel value="references">
          {tab === 'references' ? <UnitReferences unitId={id} /> : null}
        </Tabs.Panel>
        <Suspense fallback={<Skeleton height={320} />}>
          <Tabs.Panel value="service">{tab === 'service' ? <UnitService unitId={id} /> : null}</Tabs.Panel>
          <Tabs.Panel value="faults">{tab === 'faults' ? <UnitFaults unitId={id} /> : null}</Tabs.Panel>
          <Tabs.Panel value="file">{tab === 'file' ? <UnitFile unitId={id} /> : null}</Tabs.Panel>
        </Suspense>
      </Tabs>
    </>
  )
}

/** The filters of one tab mean nothing to another. */
function clearedList(
  search: Readonly<Record<string, string | undefined>>,
  tab: string | undefined,
): Readonly<Record<string, string | undefined>> {
  return { ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])), tab }
}

function labelOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'label' in value ? (value as Reference).label : null
}

function UnitWork({ unitId }: { readonly unitId: string }): ReactElement {
  const work = useQuery(unitWorkQuery(unitId))
  return (
    <Panel title="To perform" padding="flush">
      {work.isError ? (
        <ErrorPanel error={work.error} onRetry={() => void work.refetch()} />
      ) : (
        <DataTable<WireWorkItem>
          label="To perform"
          columns={COLUMNS.filter(({ hidden }) => hidden !== true)}
          rows={work.data?.items}
          rowKey={(item) => String(item.assignmentId)}
          rowTo={workPath}
          expectedRows={5}
          empty={<EmptyNote>Nothing on this unit is assigned to your groups.</EmptyNote>}
        />
      )}
    </Panel>
  )
}

function UnitStatePanel({ state }: { readonly state: WireUnitState | undefined }): ReactElement {
  return (
    <Panel title="State">
      {state === undefined ? (
        <Skeleton height={80} />
      ) : (
        <div className={classes.parts}>
          <StatusStrip
            label="Last thirty days"
            days={state.days.map(({ day, state: name }) => ({ day, token: UNIT_STATE[name].token }))}
          />
          <ul className={classes.reasons}>
            {state.reasons.map(({ state: name, text, sessionId, serviceEventId }) => (
              <li key={text}>
                <StatusChip token={UNIT_STATE[name].token}>{UNIT_STATE[name].word}</StatusChip>
                {serviceEventId !== null ? (
                  <AppLink to={`/machine-qa/service/${serviceEventId}`}>{text}</AppLink>
                ) : sessionId === null ? (
                  <span>{text}</span>
                ) : (
                  <AppLink to={`/machine-qa/sessions/${sessionId}`}>{text}</AppLink>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}

function UnitSessions({ unitId }: { readonly unitId: string }): ReactElement {
  const list = useList<SessionRow>({
    name: 'machine-qa.unit-sessions',
    defaultOrder: '-workCompleted',
    always: { 'unitTestCollection.unit': unitId },
    read: readSessions,
  })
  return <SessionList list={list} />
}
