import { NativeSelect } from '@mantine/core'
import type { ReactElement } from 'react'
import type {
  WireResult,
  WireSessionDetails,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import type { Chosen } from './review-choice.ts'

export interface StatusSelectProps {
  readonly session: Pick<WireSessionDetails, 'statuses'>
  readonly result: WireResult
  readonly chosen: Chosen
  readonly isReadOnly: boolean
  readonly onChoose: (resultId: number, statusId: number) => void
}

/** What the reviewer says of one result. */
export function StatusSelect(props: StatusSelectProps): ReactElement {
  const { session, result, chosen, isReadOnly, onChoose } = props
  const value = chosen[result.resultId] ?? result.statusId
  if (isReadOnly) return <span>{session.statuses.find(({ id }) => id === value)?.name}</span>
  return (
    <NativeSelect
      aria-label={`Status of ${result.name}`}
      value={String(value)}
      onChange={(event) => onChoose(result.resultId, Number(event.currentTarget.value))}
      data={session.statuses.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  )
}
