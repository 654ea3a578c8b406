import { Button, Drawer } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { WirePerformingForm } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { useSiteZone } from '../../ui/site.ts'
import { formatClock } from '../../ui/site-time.ts'
import { ReportFaultButton } from './ReportFaultButton.tsx'
import { FileLinks, Html } from './TestInstructions.tsx'
import type { Performing } from './use-performing.ts'

/** What is performed, since when, when it was due, and whether what is typed is safe. */
export function PerformHeader({
  form,
  performing,
}: {
  readonly form: WirePerformingForm
  readonly performing: Performing
}): ReactElement {
  const zone = useSiteZone()
  const [isOpen, setOpen] = useState(false)
  const { assignment, list, session, attachments } = form
  const { unit } = assignment
  const isCorrection = session !== null && !session.inProgress
  const hasInstructions = list.description !== '' || attachments.length > 0
  const last = lastDone(form)
  return (
    <>
      <PageHeader
        title={list.name}
        kind={unit.name === `Unit ${unit.number}` ? unit.name : `Unit ${unit.number} · ${unit.name}`}
        crumbs={[
          { label: 'Machine QA', to: '/machine-qa' },
          { label: unit.name, to: `/machine-qa/units/${unit.id}` },
        ]}
        status={
          <StatusChip token="todo" variant="soft">
            {isCorrection ? 'Correcting' : session === null ? 'Performing' : 'In progress'}
          </StatusChip>
        }
        facts={
          <FactsLine>
            <span>
              Started <span className="ts-num">{formatClock(performing.startedAt, zone)}</span>
            </span>
            {assignment.dueAt === null ? null : (
              <span>
                Due <RelativeTime at={assignment.dueAt} hint="tooltip" />
              </span>
            )}
            {last === undefined ? (
              <span>Never done before</span>
            ) : (
              <span>
                Last done <RelativeTime at={last} hint="tooltip" />
              </span>
            )}
            {draftNote(performing, zone)}
          </FactsLine>
        }
        actions={
          <>
            {hasInstructions ? (
              <Button variant="default" onClick={() => setOpen(true)}>
                Instructions
              </Button>
            ) : null}
            <ReportFaultButton unit={unit} />
          </>
        }
      />
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="right"
        size="lg"
        title={`Instructions: ${list.name}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {list.description === '' ? null : <Html html={list.description} />}
        <FileLinks files={attachments} />
      </Drawer>
    </>
  )
}

function lastDone({ tests }: WirePerformingForm): string | undefined {
  return tests
    .flatMap(({ history }) => history[0]?.at ?? [])
    .toSorted()
    .at(-1)
}

/** Whether what is typed is safe, and where; nothing before anything is typed. */
function draftNote(performing: Performing, zone: string): ReactNode {
  const { savedAt, isOnlyHere } = performing.draft
  if (isOnlyHere) return <span role="status">Draft kept on this device only: the server did not answer</span>
  const at = savedAt ?? performing.restoredAt
  if (at === undefined) return performing.isChanged ? <span>Draft kept on this device</span> : null
  return (
    <span>
      Draft saved <span className="ts-num">{formatClock(new Date(at), zone)}</span>
    </span>
  )
}
