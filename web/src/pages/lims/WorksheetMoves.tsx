import { Button } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { WireMove } from '../../../../src/dialects/native/lims/samples.schema.ts'
import type { WireWorksheet } from '../../../../src/dialects/native/lims/worksheets.schema.ts'
import { useMove } from '../../api/lims/samples.ts'
import { isForward, needsReason, verbOf } from '../../api/lims/words.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { toast, toastError } from '../../ui/toasts.ts'

/** What can be done with a whole worksheet. Its results have a bar of their own. */
export function WorksheetMoves({ worksheet }: { readonly worksheet: WireWorksheet }): ReactElement {
  const move = useMove()
  const [asked, setAsked] = useState<WireMove>()
  const run = async ({ id, title }: WireMove, reason?: string): Promise<void> => {
    await move.mutateAsync({
      objects: [{ record: 'worksheet', id: worksheet.id }],
      action: id,
      ...(reason === undefined ? {} : { reason }),
    })
    toast(`${worksheet.objectId}: ${verbOf({ id, title }).toLowerCase()} done.`)
  }
  const start = (each: WireMove): void => {
    if (needsReason(each.id)) setAsked(each)
    else run(each).catch((error: unknown) => toastError(`${verbOf(each)} was refused`, error))
  }
  return (
    <>
      {worksheet.moves.map((each) => (
        <Button
          key={each.id}
          variant={isForward(each.id) ? 'filled' : 'default'}
          loading={move.isPending}
          onClick={() => start(each)}
        >
          {verbOf(each)} worksheet
        </Button>
      ))}
      {asked === undefined ? null : (
        <ConfirmWithReason
          title={`${verbOf(asked)} ${worksheet.objectId}?`}
          action={`${verbOf(asked)} worksheet`}
          reason="required"
          danger
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => run(asked, reason)}
        >
          The reason is kept in the history. A rejected worksheet is replaced by a new one.
        </ConfirmWithReason>
      )}
    </>
  )
}
