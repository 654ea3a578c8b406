import { Button } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { WireAnalysis, WireMove } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { useMove } from '../../api/lims/samples.ts'
import { isForward, needsReason, verbOf } from '../../api/lims/words.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { KeyCaps } from '../../ui/KeyCaps.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import classes from './results.module.css'

export interface ResultActionsProps {
  readonly analyses: readonly WireAnalysis[]
  readonly selected: ReadonlySet<number>
  /** Stores what is still being typed. */
  readonly storeAll: () => Promise<boolean>
  readonly onDone: () => void
}

interface Offer {
  readonly move: WireMove
  readonly about: readonly WireAnalysis[]
}

const SUBMIT: ReadonlySet<string> = new Set(['submit'])
const VERIFY: ReadonlySet<string> = new Set(['verify', 'multi_verify'])

/** What can be done with the selected results, or with all that are ready where none is selected. */
export function ResultActions({
  analyses,
  selected,
  storeAll,
  onDone,
}: ResultActionsProps): ReactElement | null {
  const move = useMove()
  const [asked, setAsked] = useState<Offer>()
  const offers = selected.size === 0 ? readyOffers(analyses) : selectedOffers(analyses, selected)
  const run = async ({ move: { id }, about }: Offer, reason?: string): Promise<void> => {
    if (!(await storeAll())) throw new Error('Some results are not stored yet; see beside them.')
    await move.mutateAsync({
      objects: about.map((analysis) => ({ record: 'analysis', id: analysis.id })),
      action: id,
      ...(reason === undefined ? {} : { reason }),
    })
    toast(`${count(about.length)}: ${verbOf({ id, title: id }).toLowerCase()} done.`)
    onDone()
  }
  const start = (offer: Offer | undefined): void => {
    if (offer === undefined) return
    if (needsReason(offer.move.id)) setAsked(offer)
    else run(offer).catch((error: unknown) => toastError(`${wordsOf(offer)} was refused`, error))
  }
  const find = (ids: ReadonlySet<string>): Offer | undefined => offers.find(({ move: { id } }) => ids.has(id))
  const submit = find(SUBMIT)
  const verify = find(VERIFY)
  useShortcut('mod+enter', 'Submit results', () => start(submit), {
    group: 'Results',
    enabled: submit !== undefined,
  })
  useShortcut('v', 'Verify results', () => start(verify), {
    group: 'Results',
    enabled: verify !== undefined,
  })
  useShortcut('r', 'Retract results', () => start(find(RETRACT)), {
    group: 'Results',
    enabled: find(RETRACT) !== undefined,
  })
  if (offers.length === 0 && selected.size === 0) return null
  return (
    <section className={classes.actions} aria-label="What to do with the results" data-print="hide">
      {selected.size === 0 ? null : <strong className="ts-num">{selected.size} selected</strong>}
      {offers.map((offer) => (
        <Button
          key={offer.move.id}
          variant={isForward(offer.move.id) ? 'filled' : 'default'}
          loading={move.isPending}
          onClick={() => start(offer)}
        >
          {wordsOf(offer)}
        </Button>
      ))}
      {submit === undefined ? null : <KeyCaps keys="mod+enter" />}
      {selected.size > 0 && offers.length === 0 ? (
        <span className="ts-dim">Nothing can be done with all of these together.</span>
      ) : null}
      {asked === undefined ? null : (
        <ConfirmWithReason
          title={`${wordsOf(asked)}?`}
          action={wordsOf(asked)}
          reason="required"
          danger
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => run(asked, reason)}
        >
          The reason is kept with every one of them.
        </ConfirmWithReason>
      )}
    </section>
  )
}

const RETRACT: ReadonlySet<string> = new Set(['retract'])

function count(results: number): string {
  return results === 1 ? '1 result' : `${results} results`
}

function wordsOf({ move, about }: Offer): string {
  return `${verbOf(move)} ${count(about.length)}`
}

/** Submitting what has a result, and verifying what waits for it. */
function readyOffers(analyses: readonly WireAnalysis[]): readonly Offer[] {
  return [SUBMIT, VERIFY].flatMap((ids): Offer[] => {
    const about = analyses.filter(({ moves }) => moves.some(({ id }) => ids.has(id)))
    const move = about[0]?.moves.find(({ id }) => ids.has(id))
    const ofSameMove = about.filter(({ moves }) => moves.some(({ id }) => id === move?.id))
    return move === undefined ? [] : [{ move, about: ofSameMove }]
  })
}

/** The moves that all selected analyses can make. */
function selectedOffers(analyses: readonly WireAnalysis[], selected: ReadonlySet<number>): readonly Offer[] {
  const about = analyses.filter(({ id }) => selected.has(id))
  const [first, ...others] = about
  const shared = (first?.moves ?? []).filter(({ id }) =>
    others.every(({ moves }) => moves.some((move) => move.id === id)),
  )
  return shared.map((move) => ({ move, about }))
}
