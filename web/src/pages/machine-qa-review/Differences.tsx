import type { ReactElement } from 'react'
import type {
  WireResult,
  WireSessionDetails,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { PASS_FAIL, SKIPPED } from '../../api/machine-qa/words.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './review.module.css'
import type { Chosen } from './review-choice.ts'
import { StatusSelect } from './StatusSelect.tsx'

export interface ReviewedResultsProps {
  readonly session: WireSessionDetails
  readonly results: readonly WireResult[]
  readonly chosen: Chosen
  readonly isReadOnly: boolean
  readonly onChoose: (resultId: number, statusId: number) => void
}

/** Only what needs eyes is spread out: value, comparison, course and what was said. */
export function Differences(props: ReviewedResultsProps): ReactElement {
  const { results } = props
  return (
    <Panel
      title="Needs your eyes"
      padding="flush"
      aside={<span className="ts-num ts-dim">{results.length}</span>}
    >
      {results.length === 0 ? (
        <EmptyNote>Nothing is out of tolerance, left out or commented on.</EmptyNote>
      ) : (
        <ul className={classes.differences}>
          {results.map((result) => (
            <li key={result.resultId}>
              <Difference {...props} result={result} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Difference({
  result,
  ...props
}: Omit<ReviewedResultsProps, 'results'> & { readonly result: WireResult }): ReactElement {
  const shown = result.skipped ? SKIPPED : PASS_FAIL[result.passFail]
  const values = result.history.map(({ value }) => value).toReversed()
  return (
    <>
      <div className={classes.differenceHead}>
        <span className={classes.name}>
          <AppLink to={`/machine-qa/tests/${result.unitTestInfoId}`}>{result.name}</AppLink>
          <span className="ts-dim">{result.category.name}</span>
        </span>
        <StatusChip token={shown.token}>{shown.word}</StatusChip>
      </div>
      <dl className={classes.facts}>
        <Fact term="Value" value={result.skipped ? 'Skipped' : result.valueDisplay} />
        <Fact term="Difference" value={signed(result.diffDisplay)} />
        <Fact term="Reference" value={result.reference?.display ?? ''} />
        <Fact term="Tolerance" value={result.tolerance?.name ?? ''} />
      </dl>
      <div className={classes.course}>
        {values.filter((value) => value !== null).length < 2 ? null : (
          <Sparkline
            values={values}
            label={`Last ${values.length} results of ${result.name}`}
            token={shown.token}
            width={128}
            height={32}
          />
        )}
      </div>
      <div className={classes.decision}>
        <StatusSelect {...props} result={result} />
      </div>
      {result.comment === '' ? null : <q className={classes.said}>{result.comment}</q>}
      {result.files.length === 0 ? null : (
        <p className={classes.said}>
          {result.files.map(({ id, href, label }) => (
            <a key={id} href={href} target="_blank" rel="noreferrer">
              {label}
            </a>
          ))}
        </p>
      )}
    </>
  )
}

function Fact({ term, value }: { readonly term: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="ts-num">{value === '' ? '–' : value}</dd>
    </div>
  )
}

/** Differences carry their sign, so that nobody has to guess which way. */
function signed(text: string): string {
  return /^\d/.test(text) && !/^0%?$/.test(text) ? `+${text}` : text.replace(/^-/, '−')
}
