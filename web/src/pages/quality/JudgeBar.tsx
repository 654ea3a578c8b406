import { Button, Select, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { WireEntity } from '../../../../src/dialects/native/quality/report.schema.ts'
import { judgeEntities } from '../../api/quality/edits.ts'
import { toast } from '../../ui/toasts.ts'
import { problemOf } from './EditField.tsx'
import type { SourceEntities } from './EntitiesTab.tsx'
import { useReread } from './editing.ts'
import { JUDGEMENTS } from './judgements.ts'
import classes from './quality.module.css'

const STATUSES = Object.keys(JUDGEMENTS) as readonly WireEntity['status'][]

/** Says the same about everything that is selected. */
export function JudgeBar({
  metricId,
  found,
  keys,
  onDone,
}: {
  readonly metricId: string
  readonly found: SourceEntities
  readonly keys: readonly string[]
  readonly onDone: () => void
}): ReactElement {
  const [status, setStatus] = useState<WireEntity['status']>('false_positive')
  const [endDate, setEndDate] = useState('')
  const [rationale, setRationale] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const reread = useReread()
  const words = `${keys.length} ${keys.length === 1 ? found.entityName : found.entityNamePlural}`
  const judge = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      const said = { status, statusEndDate: endDate || null, rationale }
      await judgeEntities(metricId, { sourceId: found.sourceId, entityKeys: keys, ...said })
      await reread()
      toast(`Marked ${words}.`)
      setRationale('')
      onDone()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={classes.judge}>
      <Select
        label="Mark as"
        description={JUDGEMENTS[status].meaning}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={STATUSES.map((value) => ({ value, label: JUDGEMENTS[value].label }))}
        value={status}
        allowDeselect={false}
        onChange={(value) => setStatus(STATUSES.find((each) => each === value) ?? 'unconfirmed')}
      />
      <TextInput
        label="Until (optional)"
        type="date"
        value={endDate}
        onChange={(event) => setEndDate(event.currentTarget.value)}
      />
      <TextInput
        className={classes.grow ?? ''}
        label="Rationale"
        value={rationale}
        error={problem}
        onChange={(event) => setRationale(event.currentTarget.value)}
      />
      <Button mt={24} disabled={keys.length === 0} loading={isBusy} onClick={() => void judge()}>
        Mark {keys.length === 0 ? 'selected' : words}
      </Button>
    </div>
  )
}
