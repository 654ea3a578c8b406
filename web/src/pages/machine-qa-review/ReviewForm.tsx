import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { WireSessionDetails } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { decisionsOf } from '../../api/machine-qa/reviewing.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import type { Crumb } from '../../ui/page-place.ts'
import { useShortcut } from '../../ui/shortcuts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { Differences } from './Differences.tsx'
import { PassedResults } from './PassedResults.tsx'
import { placeInRun, queuePath, reviewPath, reviewRunQuery } from './queue-run.ts'
import { ReviewConflict } from './ReviewConflict.tsx'
import { ReviewHeader } from './ReviewHeader.tsx'
import { type Chosen, countOpen, partResults, statusesToStore } from './review-choice.ts'
import { useStoreReview } from './use-store-review.ts'

export interface ReviewFormProps {
  readonly session: WireSessionDetails
  readonly crumbs: readonly Crumb[]
  readonly onReread: () => Promise<void>
}

/** Differences with a status each, what passed in one line, and the way on. */
export function ReviewForm({ session, crumbs, onReread }: ReviewFormProps): ReactElement {
  const [search] = useUrlState()
  const router = useRouter()
  const [chosen, setChosen] = useState<Chosen>({})
  const run = useQuery(reviewRunQuery(search))
  const place = placeInRun(run.data?.items ?? [], session.id)
  const { differences, passed } = partResults(session.results)
  const [approved] = decisionsOf(session.statuses).filter(({ valid }) => valid)
  const stored = statusesToStore(session, chosen, approved?.id)
  const open = countOpen(session, stored)
  const goTo = (item: { readonly id: number } | undefined): void => {
    const href = item === undefined ? queuePath(search) : reviewPath(item.id, search)
    void router.navigate({ href })
  }
  const store = useStoreReview(session, () => goTo(place.next))
  const mayReview = session.rights.review
  const hasNext = place.next !== undefined
  useShortcut('[', 'Go to the session before', () => goTo(place.previous), {
    enabled: place.previous !== undefined,
  })
  useShortcut(']', 'Go to the next session without a review', () => goTo(place.next), { enabled: hasNext })
  useShortcut('mod+enter', 'Store the review and go on', () => store.mutate(stored), { enabled: mayReview })
  const chooseAll = (statusId: number): void =>
    setChosen(Object.fromEntries(session.results.map(({ resultId }) => [resultId, statusId])))
  return (
    <>
      <ReviewHeader session={session} crumbs={crumbs} place={place} onGo={goTo} />
      {store.conflict === undefined ? null : <ReviewConflict message={store.conflict} onReread={onReread} />}
      <Differences
        session={session}
        results={differences}
        chosen={chosen}
        isReadOnly={!mayReview}
        onChoose={(resultId, statusId) => setChosen({ ...chosen, [resultId]: statusId })}
      />
      <PassedResults
        session={session}
        results={passed}
        chosen={chosen}
        isReadOnly={!mayReview}
        onChoose={(resultId, statusId) => setChosen({ ...chosen, [resultId]: statusId })}
      />
      {mayReview ? (
        <ActionBar
          state={
            <span className="ts-num">
              {open === 0
                ? 'Every result has a decision.'
                : `${open} ${open === 1 ? 'result stays' : 'results stay'} without a decision.`}
            </span>
          }
        >
          {decisionsOf(session.statuses).map(({ id, name }) => (
            <Button key={id} variant="default" onClick={() => chooseAll(id)}>
              Choose {name} for all
            </Button>
          ))}
          <Button loading={store.isPending} onClick={() => store.mutate(stored)}>
            {hasNext ? 'Store review and go on' : 'Store review'}
          </Button>
        </ActionBar>
      ) : (
        <ActionBar state="You cannot review this session: it is your own, or not complete.">
          <AppLink to={queuePath(search)}>Back to the queue</AppLink>
        </ActionBar>
      )}
    </>
  )
}
