import { Button, NativeSelect } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { WireSessionDetails } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { reviewSession } from '../../api/machine-qa/sessions.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast, toastError } from '../../ui/toasts.ts'
import classes from './results.module.css'

/** Gives results their status: all the same with one action, or each its own. */
export function SessionReview({ session }: { readonly session: WireSessionDetails }): ReactElement | null {
  const client = useQueryClient()
  const [isPerTest, setPerTest] = useState(false)
  const [busy, setBusy] = useState<number | 'each'>()
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({})
  if (!session.rights.review) return null
  const review = async (
    which: Parameters<typeof reviewSession>[1],
    marker: number | 'each',
    said: string,
  ): Promise<void> => {
    setBusy(marker)
    try {
      await reviewSession(session.id, which)
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      await client.invalidateQueries({ queryKey: ['for-you'] })
      await client.invalidateQueries({ queryKey: ['list'] })
      setPerTest(false)
      toast(said)
    } catch (error) {
      toastError('The review was not stored', error)
    } finally {
      setBusy(undefined)
    }
  }
  const { version, statuses, results } = session
  const decisions = statuses.filter(({ requiresReview }) => !requiresReview)
  const exceptions = results.filter(
    ({ passFail }) => passFail === 'action' || passFail === 'tolerance',
  ).length
  return (
    <section className={classes.review} aria-label="Review">
      <p className={classes.reviewWords}>
        {session.allReviewed ? (
          <>
            Reviewed <RelativeTime at={session.reviewedAt} /> by {session.reviewedBy ?? 'the rules'}
          </>
        ) : exceptions === 0 ? (
          'Nothing is out of tolerance.'
        ) : (
          `${exceptions} of ${results.length} results need your eyes.`
        )}
      </p>
      <Button variant="subtle" onClick={() => setPerTest(!isPerTest)} aria-expanded={isPerTest}>
        Test by test
      </Button>
      {isPerTest
        ? null
        : decisions.map(({ id, name, valid }) => (
            <Button
              key={id}
              variant={valid && !session.allReviewed ? 'filled' : 'default'}
              loading={busy === id}
              onClick={() => void review({ version, statusId: id }, id, `All results: ${name}.`)}
            >
              Set all to {name}
            </Button>
          ))}
      {isPerTest ? (
        <>
          <div className={classes.perTest}>
            {results.map(({ resultId, name, statusId }) => (
              <NativeSelect
                key={resultId}
                label={name}
                value={String(chosen[resultId] ?? statusId)}
                onChange={(event) => {
                  const status = Number(event.currentTarget.value)
                  setChosen((before) => ({ ...before, [resultId]: status }))
                }}
                data={statuses.map(({ id, name: label }) => ({ value: String(id), label }))}
              />
            ))}
          </div>
          <Button
            loading={busy === 'each'}
            onClick={() => {
              const each = Object.fromEntries(
                results.map(({ resultId, statusId }) => [resultId, chosen[resultId] ?? statusId]),
              )
              void review({ version, statuses: each }, 'each', 'Review stored.')
            }}
          >
            Store review
          </Button>
        </>
      ) : null}
    </section>
  )
}
