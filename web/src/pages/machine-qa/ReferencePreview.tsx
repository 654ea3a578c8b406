import { Button, NativeSelect, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { WireReferencePreview } from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { referencePreviewQuery, type WantedPreview } from '../../api/machine-qa/program.ts'
import { PASS_FAIL } from '../../api/machine-qa/words.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './preview.module.css'
import { previewWords } from './preview-words.ts'

const PAGE = 20
const DAY_MS = 86_400_000

const SPANS = [
  { value: '365', label: 'Last year' },
  { value: '731', label: 'Last two years' },
  { value: '3653', label: 'Last ten years' },
] as const

/** How past results would have been judged by what is typed; nothing is stored by looking. */
export function ReferencePreview({
  wanted,
}: {
  /** undefined while nothing differs from what is set, or what is typed is no number */
  readonly wanted: Pick<WantedPreview, 'unitTestInfoId' | 'value' | 'toleranceId'> | undefined
}): ReactElement {
  const [days, setDays] = useState('365')
  const [page, setPage] = useState(0)
  return (
    <Panel
      title="Effect on past results"
      aside={
        <NativeSelect
          aria-label="Past results of"
          w={160}
          data={[...SPANS]}
          value={days}
          onChange={(event) => {
            setDays(event.currentTarget.value)
            setPage(0)
          }}
        />
      }
    >
      {wanted === undefined ? (
        <p className={classes.quiet}>
          Type another reference or choose another tolerance to see how it would have judged what was
          measured.
        </p>
      ) : (
        <Preview wanted={wanted} days={Number(days)} page={page} onPage={setPage} />
      )}
    </Panel>
  )
}

interface PreviewProps {
  readonly wanted: Pick<WantedPreview, 'unitTestInfoId' | 'value' | 'toleranceId'>
  readonly days: number
  readonly page: number
  readonly onPage: (page: number) => void
}

function Preview({ wanted, days, page, onPage }: PreviewProps): ReactElement {
  // whole days, so that the same question has the same answer while the page is open
  const from = new Date(Math.floor(Date.now() / DAY_MS - days) * DAY_MS).toISOString()
  const preview = useQuery(referencePreviewQuery({ ...wanted, from, limit: PAGE, offset: page * PAGE }))
  if (preview.isError) return <PreviewProblem error={preview.error} />
  if (preview.data === undefined) return <Skeleton height={160} />
  return <PreviewFacts preview={preview.data} page={page} onPage={onPage} />
}

/** What could not be set is no failure of the page: it says why. */
function PreviewProblem({ error }: { readonly error: Error }): ReactElement {
  const [problem] = error instanceof ApiError ? error.problems : []
  return problem === undefined ? <ErrorPanel error={error} /> : <p role="alert">{problem.problem}</p>
}

interface PreviewFactsProps {
  readonly preview: WireReferencePreview
  readonly page: number
  readonly onPage: (page: number) => void
}

function PreviewFacts({ preview, page, onPage }: PreviewFactsProps): ReactElement {
  const { changed, changedTotal, counts } = preview
  const hasMore = (page + 1) * PAGE < changedTotal
  return (
    <div className={classes.parts}>
      <p className={classes.words}>{previewWords(preview)}</p>
      {counts.length === 0 ? null : (
        <ul className={classes.counts}>
          {counts
            .toSorted((one, other) => Number(one.before === one.after) - Number(other.before === other.after))
            .map(({ before, after, count }) => (
              <li key={`${before} ${after}`}>
                <strong className="ts-num">{count}</strong>
                <Verdicts before={before} after={after} />
              </li>
            ))}
        </ul>
      )}
      {changed.length === 0 ? null : (
        <table className={classes.table} aria-label="Results that would be judged differently">
          <thead>
            <tr>
              <th scope="col">Session</th>
              <th scope="col" data-align="end">
                Value
              </th>
              <th scope="col">Judged</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ sessionId, at, value, before, after }) => (
              <tr key={sessionId}>
                <td>
                  <AppLink to={`/machine-qa/sessions/${sessionId}`}>
                    <RelativeTime at={at} hint="tooltip" />
                  </AppLink>
                </td>
                <td data-align="end">{value}</td>
                <td>
                  <Verdicts before={before} after={after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {changedTotal <= PAGE ? null : (
        <div className={classes.pages}>
          <Button variant="default" disabled={page === 0} onClick={() => onPage(page - 1)}>
            Newer
          </Button>
          <Button variant="default" disabled={!hasMore} onClick={() => onPage(page + 1)}>
            Older
          </Button>
        </div>
      )}
    </div>
  )
}

type Verdict = WireReferencePreview['counts'][number]

function Verdicts({ before, after }: Pick<Verdict, 'before' | 'after'>): ReactElement {
  const was = PASS_FAIL[before]
  const would = PASS_FAIL[after]
  if (before === after) {
    return (
      <span className={classes.verdicts}>
        <StatusChip token={was.token}>{was.word}</StatusChip>
        <span className="ts-dim">as before</span>
      </span>
    )
  }
  return (
    <span className={classes.verdicts}>
      <StatusChip token={was.token}>{was.word}</StatusChip>
      <span aria-hidden="true">→</span>
      <span className="ts-hidden">would be</span>
      <StatusChip token={would.token}>{would.word}</StatusChip>
    </span>
  )
}
