import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import type { WireSlot, WireWorksheet } from '../../../../src/dialects/native/lims/worksheets.schema.ts'
import { stateToken } from '../../api/lims/words.ts'
import { useChangeWorksheet, worksheetQuery } from '../../api/lims/worksheets.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { toastError } from '../../ui/toasts.ts'
import { LimsSections } from './LimsSections.tsx'
import classes from './lims.module.css'
import { type ResultGroup, ResultsGrid } from './ResultsGrid.tsx'
import { WorksheetMoves } from './WorksheetMoves.tsx'
import { WorksheetTools } from './WorksheetTools.tsx'

const CRUMBS = [
  { label: 'Laboratory', to: '/lims' },
  { label: 'Worksheets', to: '/lims/worksheets' },
]

/** A worksheet: its positions with samples, blanks, controls and duplicates, and their results. */
export function WorksheetPage(): ReactElement {
  const { id } = useParams({ from: '/shell/lims/worksheets/$id' })
  const worksheet = useQuery(worksheetQuery(id))
  if (worksheet.isError && worksheet.data === undefined) {
    return (
      <>
        <PageHeader title="Worksheet" crumbs={CRUMBS} />
        <ErrorPanel error={worksheet.error} onRetry={() => void worksheet.refetch()} />
      </>
    )
  }
  if (worksheet.data === undefined) return <PageHeader title="Worksheet" crumbs={CRUMBS} loading />
  return <LoadedWorksheet key={id} worksheet={worksheet.data} />
}

function LoadedWorksheet({ worksheet }: { readonly worksheet: WireWorksheet }): ReactElement {
  const groups = useMemo(() => worksheet.slots.map((slot) => groupOf(slot, worksheet)), [worksheet])
  return (
    <>
      <LimsSections />
      <PageHeader
        kind="Worksheet"
        title={worksheet.objectId}
        crumbs={CRUMBS}
        status={
          <StatusChip token={stateToken(worksheet.state)} variant="soft">
            {worksheet.stateTitle}
          </StatusChip>
        }
        facts={
          <FactsLine>
            <span>{worksheet.analyst ?? 'no analyst'}</span>
            {worksheet.template === null ? null : <span>{worksheet.template.name}</span>}
            {worksheet.instrument === null ? null : <span>{worksheet.instrument.name}</span>}
            <span className="ts-num">
              {worksheet.submitted} of {worksheet.analyses} results submitted
            </span>
          </FactsLine>
        }
        primary={<WorksheetMoves worksheet={worksheet} />}
      />
      {worksheet.editable ? <WorksheetTools worksheet={worksheet} /> : null}
      <Panel title="Positions" padding="flush">
        {groups.length === 0 ? (
          <EmptyNote>Nothing is on this worksheet yet.</EmptyNote>
        ) : (
          <ResultsGrid label="Results by position" groups={groups} />
        )}
      </Panel>
    </>
  )
}

function groupOf(slot: WireSlot, worksheet: WireWorksheet): ResultGroup {
  return {
    key: String(slot.position),
    name: `${slot.label}, position ${slot.position}`,
    heading: <SlotHead slot={slot} worksheet={worksheet} />,
    analyses: slot.analyses,
  }
}

const KINDS: Readonly<Record<WireSlot['type'], string>> = {
  a: 'Sample',
  b: 'Blank',
  c: 'Control',
  d: 'Duplicate',
}

const NOT_SUBMITTED: ReadonlySet<string> = new Set(['unassigned', 'assigned', 'sample_received'])

function SlotHead({
  slot,
  worksheet,
}: {
  readonly slot: WireSlot
  readonly worksheet: WireWorksheet
}): ReactElement {
  const change = useChangeWorksheet(worksheet.id)
  const removable = slot.analyses.filter(({ state }) => NOT_SUBMITTED.has(state))
  return (
    <span className={classes.slotHead}>
      <span className={classes.slotNumber}>{slot.position}</span>
      <span>{KINDS[slot.type]}</span>
      {slot.sample === null ? (
        <span className="ts-mono">{slot.label}</span>
      ) : (
        <AppLink to={`/lims/samples/${slot.sample.id}`}>{slot.sample.objectId}</AppLink>
      )}
      <span className="ts-dim">{describeSlot(slot)}</span>
      {worksheet.editable && removable.length > 0 ? (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={change.isPending}
          aria-label={`Remove position ${slot.position}`}
          onClick={() =>
            change.mutate(
              { to: 'remove-analyses', body: { analyses: removable.map(({ id }) => id) } },
              { onError: (error) => toastError('The position was not removed', error) },
            )
          }
        >
          Remove
        </Button>
      ) : null}
    </span>
  )
}

function describeSlot({ sample, referenceSample, duplicates }: WireSlot): string {
  const words = [sample?.client, sample?.sampleType, referenceSample?.name].filter(Boolean)
  if (duplicates !== null) words.push(`of position ${duplicates}`)
  return words.join(', ')
}
