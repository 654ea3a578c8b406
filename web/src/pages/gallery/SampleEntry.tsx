import { ActionIcon, Button } from '@mantine/core'
import { IconChartLine, IconMessage, IconPlayerSkipForward } from '@tabler/icons-react'
import { type ReactElement, useState } from 'react'
import type { StatusToken } from '../../theme/tokens.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { EntryRow, EntryRows } from '../../ui/EntryRows.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Num } from '../../ui/Num.tsx'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import { parseNumberText } from '../../ui/number-text.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { YesNo } from '../../ui/YesNo.tsx'
import { SAMPLE_TESTS, type SampleTest } from './sample-data.ts'

/** A performing form as the components make it; judging is reduced to one percent and two. */
export function SampleEntry(): ReactElement {
  const [door, setDoor] = useState<boolean | null>(true)
  const [files, setFiles] = useState<readonly File[]>([])
  return (
    <div>
      <EntryRows label="Tests">
        <EntryRow
          number={1}
          name="Door interlock"
          input={
            <div data-entry>
              <YesNo label="Door interlock" value={door} onChange={setDoor} />
            </div>
          }
          status={<StatusChip token={door === null ? 'todo' : door ? 'ok' : 'act'} />}
          actions={<RowActions name="Door interlock" />}
        />
        {SAMPLE_TESTS.map((test, index) => (
          <NumberRow key={test.name} test={test} number={index + 2} />
        ))}
        <EntryRow
          number={SAMPLE_TESTS.length + 2}
          name="Light field photo"
          input={
            <div data-entry>
              <FileDrop form="row" label="Light field photo" camera files={files} onChange={setFiles} />
            </div>
          }
          status={
            <StatusChip token={files.length === 0 ? 'todo' : 'none'}>
              {files.length === 0 ? 'To do' : 'Added'}
            </StatusChip>
          }
          actions={<RowActions name="Light field photo" />}
        />
      </EntryRows>
      <ActionBar
        state={
          <>
            <StatusChip token="warn">2 in tolerance</StatusChip>
            <StatusChip token="act">0 action</StatusChip>
            <span>draft kept 07:51</span>
          </>
        }
      >
        <Button variant="default">Save for later</Button>
        <Button>Submit session</Button>
      </ActionBar>
    </div>
  )
}

function judge(difference: number | undefined): StatusToken {
  if (difference === undefined) return 'todo'
  return Math.abs(difference) < 1 ? 'ok' : Math.abs(difference) < 3 ? 'warn' : 'act'
}

function NumberRow({ test, number }: { readonly test: SampleTest; readonly number: number }): ReactElement {
  const [text, setText] = useState(test.value)
  const parsed = parseNumberText(text)
  const difference =
    parsed.kind === 'number' ? (100 * (parsed.value - test.reference)) / test.reference : undefined
  const token = judge(difference)
  return (
    <EntryRow
      number={number}
      name={test.name}
      unit={test.unit}
      input={
        <NumberEntry data-entry aria-label={`${test.name} in ${test.unit}`} value={text} onChange={setText} />
      }
      reference={<Num value={test.reference} digits={test.digits} />}
      difference={<Num value={difference} digits={1} unit="%" signed />}
      trend={<Sparkline values={test.recent} token={token} label={`Last results of ${test.name}`} />}
      status={<StatusChip token={token} />}
      actions={<RowActions name={test.name} />}
    />
  )
}

function RowActions({ name }: { readonly name: string }): ReactElement {
  return (
    <>
      <ActionIcon aria-label={`Chart of ${name}`} tabIndex={-1}>
        <IconChartLine size={18} stroke={1.6} />
      </ActionIcon>
      <ActionIcon aria-label={`Comment on ${name}`} tabIndex={-1}>
        <IconMessage size={18} stroke={1.6} />
      </ActionIcon>
      <ActionIcon aria-label={`Skip ${name}`} tabIndex={-1}>
        <IconPlayerSkipForward size={18} stroke={1.6} />
      </ActionIcon>
    </>
  )
}
