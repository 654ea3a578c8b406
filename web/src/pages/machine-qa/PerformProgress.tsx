import type { ReactElement } from 'react'
import type {
  WireFormTest,
  WirePerformingForm,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { EMPTY_ENTRY, hasValue, isEntered } from './entry.ts'
import type { Performing } from './use-performing.ts'

/** How far it is and how it looks, beside the buttons. */
export function PerformProgress({
  form,
  performing,
  leftOut,
}: {
  readonly form: WirePerformingForm
  readonly performing: Performing
  readonly leftOut: readonly WireFormTest[]
}): ReactElement {
  const { entries, rows } = performing
  const asked = form.tests.filter((test) => isEntered(test) && !test.hidden && !leftOut.includes(test))
  const done = asked.filter((test) => {
    const entry = entries[test.macro] ?? EMPTY_ENTRY
    return entry.isSkipped || hasValue(test, entry)
  })
  const count = (wanted: string): number =>
    [...rows.values()].filter(({ passFail }) => passFail === wanted).length
  const [tolerance, action] = [count('tolerance'), count('action')]
  return (
    <>
      <span className="ts-num">
        {done.length} of {asked.length}
      </span>
      <StatusChip token={tolerance === 0 ? 'none' : 'warn'}>{tolerance} at tolerance</StatusChip>
      <StatusChip token={action === 0 ? 'none' : 'act'}>{action} at action</StatusChip>
    </>
  )
}
