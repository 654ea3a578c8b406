import type { ReactElement } from 'react'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { SAMPLE_STATES } from './sample-state.ts'

export interface SampleStateChipProps {
  readonly state: string
  readonly warnings: number
  readonly variant?: 'plain' | 'soft'
}

/** The state of a sample; one whose info is doubtful says so instead. */
export function SampleStateChip({ state, warnings, variant = 'plain' }: SampleStateChipProps): ReactElement {
  const known = SAMPLE_STATES[state] ?? { token: 'unknown', word: state }
  if (warnings === 0)
    return (
      <StatusChip token={known.token} variant={variant}>
        {known.word}
      </StatusChip>
    )
  return (
    <StatusChip token="warn" variant={variant}>
      {known.word}, {warnings === 1 ? '1 warning' : `${warnings} warnings`}
    </StatusChip>
  )
}
