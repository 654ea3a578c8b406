import { Button, Group, Stack } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { STATUS_TOKENS } from '../../theme/tokens.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Chart } from '../../ui/Chart.tsx'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { EditInPlace } from '../../ui/EditInPlace.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { KeyCaps } from '../../ui/KeyCaps.tsx'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { Num } from '../../ui/Num.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { StatusStrip } from '../../ui/StatusStrip.tsx'
import { toast, toastError } from '../../ui/toasts.ts'
import { SampleEntry } from './SampleEntry.tsx'
import { LOCATION_FIELD, SAMPLE_DAYS, SAMPLE_EVENTS, SAMPLE_INSTANT, SAMPLE_SERIES } from './sample-data.ts'

/** Every component, with sample data. */
export function GalleryPage(): ReactElement {
  return (
    <>
      <PageHeader
        title="Linac 2 ▸ Daily output"
        kind="Test list"
        status={
          <StatusChip token="warn" variant="soft">
            2 in tolerance
          </StatusChip>
        }
        facts={
          <FactsLine>
            <span>
              Due <RelativeTime at={SAMPLE_INSTANT} />
            </span>
            <span>last done yesterday by M. Roy</span>
            <span className="ts-num">3 of 6</span>
          </FactsLine>
        }
        actions={<Button variant="default">Instructions</Button>}
      />
      <Stack gap={24}>
        <Panel title="Trend">
          <Chart title="Output 6 MV" series={SAMPLE_SERIES} events={SAMPLE_EVENTS} showControl />
        </Panel>
        <Statuses />
        <Values />
        <Actions />
        <SampleEntry />
      </Stack>
    </>
  )
}

function Statuses(): ReactElement {
  return (
    <Panel title="Status">
      <Stack gap={16}>
        <Group gap={24}>
          {STATUS_TOKENS.map((token) => (
            <StatusChip key={token} token={token} />
          ))}
        </Group>
        <Group gap={8}>
          {STATUS_TOKENS.map((token) => (
            <StatusChip key={token} token={token} variant="soft" />
          ))}
        </Group>
        <StatusStrip days={SAMPLE_DAYS} label="Linac 2, last 30 days" />
        <Banner token="late" action={<a href="#main">Back up now</a>}>
          The last backup is 9 days old.
        </Banner>
        <Banner token="act">Read-only: the database has no room left.</Banner>
      </Stack>
    </Panel>
  )
}

function Values(): ReactElement {
  const [location, setLocation] = useState<unknown>('Vault 2')
  const save = (value: unknown): Promise<void> => {
    setLocation(value)
    return Promise.resolve()
  }
  return (
    <Panel title="Values">
      <KeyValue
        facts={[
          { label: 'Number', value: <Num value={20.35} unit="nC" digits={2} /> },
          { label: 'Difference', value: <Num value={-0.2} unit="%" digits={1} signed /> },
          { label: 'Instant', value: <RelativeTime at={SAMPLE_INSTANT} /> },
          { label: 'Identifier', value: <CopyText value="1.2.826.0.1.3680043.8.498.1" /> },
          { label: 'Nothing', value: null },
          { label: 'Keys', value: <KeyCaps keys="mod+enter" /> },
          {
            label: 'Location',
            value: <EditInPlace field={LOCATION_FIELD} value={location} onSave={save} canChange />,
          },
        ]}
      />
    </Panel>
  )
}

function Actions(): ReactElement {
  const [files, setFiles] = useState<readonly File[]>([])
  const [isAsking, setAsking] = useState(false)
  return (
    <Panel title="Actions">
      <Stack gap={16}>
        <Group gap={8}>
          <Button>Submit session</Button>
          <Button variant="default">Save for later</Button>
          <Button variant="subtle">Clear selection</Button>
          <Button color="red" onClick={() => setAsking(true)}>
            Void session
          </Button>
          <Button disabled>Verify 4 results</Button>
          <Button variant="default" onClick={() => toast('Session submitted.')}>
            Toast
          </Button>
          <Button variant="default" onClick={() => toastError('Not submitted', new Error('The reason.'))}>
            Failure
          </Button>
        </Group>
        <FileDrop label="Add files" files={files} onChange={setFiles} multiple />
        <EmptyNote action={<Button>Add unit</Button>}>There are no units yet.</EmptyNote>
      </Stack>
      {isAsking ? (
        <ConfirmWithReason
          title="Void this session?"
          action="Void session"
          reason="required"
          danger
          onConfirm={() => Promise.resolve()}
          onClose={() => setAsking(false)}
        >
          It stays readable and no longer counts.
        </ConfirmWithReason>
      ) : null}
    </Panel>
  )
}
