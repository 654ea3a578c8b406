import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactElement, useState } from 'react'
import type { WireMove, WireSample } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { type Moved, useMove } from '../../api/lims/samples.ts'
import { isForward, needsReason, verbOf } from '../../api/lims/words.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { toast, toastError } from '../../ui/toasts.ts'

interface Step {
  readonly move: WireMove
  readonly about: Moved
}

/** Moves that the results' own bar offers with more detail. */
const OF_RESULTS: ReadonlySet<string> = new Set(['submit'])

/** What can be done with a sample: the next step as a button, everything else in a menu. */
export function SampleMoves({ sample }: { readonly sample: WireSample }): ReactElement | null {
  const move = useMove()
  const [asked, setAsked] = useState<Step>()
  const steps = stepsOf(sample)
  const next = steps.find(({ move: { id } }) => isForward(id))
  const others = steps.filter((step) => step !== next)
  const run = async (step: Step, reason?: string): Promise<void> => {
    await move.mutateAsync({
      objects: [step.about],
      action: step.move.id,
      ...(reason === undefined ? {} : { reason }),
    })
    toast(`${sample.objectId}: ${verbOf(step.move).toLowerCase()} done.`)
  }
  const start = (step: Step): void => {
    if (needsReason(step.move.id)) setAsked(step)
    else run(step).catch((error: unknown) => toastError(`${verbOf(step.move)} was refused`, error))
  }
  return (
    <>
      {others.length === 0 ? null : (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden="true" />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((step) => (
              <Menu.Item
                key={`${step.about.record}-${step.move.id}`}
                {...(needsReason(step.move.id) ? { color: 'red' } : {})}
                onClick={() => start(step)}
              >
                {verbOf(step.move)} {step.about.record === 'sample' ? 'material' : 'sample'}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {next === undefined ? null : (
        <Button loading={move.isPending} onClick={() => start(next)}>
          {verbOf(next.move)} sample
        </Button>
      )}
      {asked === undefined ? null : (
        <ConfirmWithReason
          title={`${verbOf(asked.move)} ${sample.objectId}?`}
          action={`${verbOf(asked.move)} sample`}
          reason="required"
          danger
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => run(asked, reason)}
        >
          {CONSEQUENCES[asked.move.id] ?? 'The reason is kept in the history.'}
        </ConfirmWithReason>
      )}
    </>
  )
}

const CONSEQUENCES: Readonly<Record<string, string>> = {
  retract: 'Its submitted results are retracted and are measured again.',
  retract_ar: 'Its results no longer count. A new sample with the same analyses takes its place.',
  reject: 'It leaves the work of the laboratory with all its analyses.',
  cancel: 'It leaves the work of the laboratory until it is reinstated.',
}

function stepsOf(sample: WireSample): readonly Step[] {
  const own = sample.moves.map((move): Step => ({ move, about: { record: 'request', id: sample.id } }))
  const known = new Set(sample.moves.map(({ id }) => id))
  const material = sample.sampleMoves
    .filter(({ id }) => !known.has(id))
    .map((move): Step => ({ move, about: { record: 'sample', id: sample.sampleId } }))
  return [...own, ...material].filter(({ move: { id } }) => !OF_RESULTS.has(id))
}
