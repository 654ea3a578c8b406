import { Fragment, type ReactElement, type ReactNode, useState } from 'react'
import type {
  WireResult,
  WireSessionDetails,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { PASS_FAIL, SKIPPED } from '../../api/machine-qa/words.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { toleranceEnds } from './judge.ts'
import { groupsOf } from './PerformRows.tsx'
import classes from './results.module.css'
import { TestChartDrawer } from './TestChartDrawer.tsx'

/** Every result with what it was compared with, as both were when the session was performed. */
export function SessionResults({ session }: { readonly session: WireSessionDetails }): ReactElement {
  const [charted, setCharted] = useState<WireResult>()
  const groups = groupsOf(session.results)
  const nameOf = (id: number): string => session.sublists.find((list) => list.id === id)?.name ?? ''
  return (
    <div className={classes.scroller}>
      <table className={classes.table} aria-label="Results">
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col" className={classes.number}>
              Value
            </th>
            <th scope="col" className={classes.number}>
              Reference
            </th>
            <th scope="col">Tolerance</th>
            <th scope="col" className={classes.number}>
              Difference
            </th>
            <th scope="col">Trend</th>
            <th scope="col">Result</th>
            <th scope="col">Review</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ sublist, tests }) => (
            <Fragment key={`${sublist?.id ?? 0} ${tests[0]?.resultId ?? 0}`}>
              {sublist === null ? null : (
                <tr className={classes.group}>
                  <th scope="rowgroup" colSpan={8}>
                    {nameOf(sublist.id)}
                  </th>
                </tr>
              )}
              {tests.map((result) => (
                <ResultRow
                  key={result.resultId}
                  result={result}
                  status={session.statuses.find(({ id }) => id === result.statusId)?.name ?? ''}
                  onChart={() => setCharted(result)}
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
      <TestChartDrawer
        test={charted}
        unit={session.assignment.unit.name}
        onClose={() => setCharted(undefined)}
      />
    </div>
  )
}

function ResultRow({
  result,
  status,
  onChart,
}: {
  readonly result: WireResult
  readonly status: string
  readonly onChart: () => void
}): ReactElement {
  const shown = result.skipped ? SKIPPED : PASS_FAIL[result.passFail]
  const word = !result.skipped && result.passFail === 'not_done' ? 'Not done' : shown.word
  return (
    <>
      <tr data-skipped={result.skipped}>
        <th scope="row">{result.name}</th>
        <td className={classes.number}>
          <ResultValue result={result} />
        </td>
        <td className={classes.number}>{result.reference?.display ?? <Dash />}</td>
        <td className={classes.tolerance}>{result.tolerance?.name ?? <Dash />}</td>
        <td className={classes.number}>{signed(result.diffDisplay) || <Dash />}</td>
        <td>
          <Trend result={result} onChart={onChart} />
        </td>
        <td>
          <StatusChip token={shown.token}>{word}</StatusChip>
        </td>
        <td className="ts-dim">{status}</td>
      </tr>
      {result.comment === '' && result.files.length === 0 ? null : (
        <tr className={classes.note}>
          <td colSpan={8}>
            {result.comment === '' ? null : <p>{result.comment}</p>}
            <Files result={result} />
          </td>
        </tr>
      )}
    </>
  )
}

function Dash(): ReactElement {
  return <span className="ts-dim">–</span>
}

/** Differences carry their sign, so that nobody has to guess which way. */
function signed(text: string): string {
  return /^\d/.test(text) && !/^0%?$/.test(text) ? `+${text}` : text.replace(/^-/, '−')
}

function ResultValue({ result }: { readonly result: WireResult }): ReactNode {
  if (result.type === 'upload' && !result.skipped) return result.files.length === 0 ? <Dash /> : 'File'
  return result.valueDisplay
}

function Trend({
  result,
  onChart,
}: {
  readonly result: WireResult
  readonly onChart: () => void
}): ReactElement | null {
  const values = result.history.map(({ value }) => value).toReversed()
  if (values.filter((value) => value !== null).length < 2) return null
  return (
    <button type="button" className={classes.trend} onClick={onChart}>
      <Sparkline
        values={values}
        label={`Last ${values.length} results of ${result.name}; open the chart`}
        token={PASS_FAIL[result.passFail].token}
        {...toleranceEnds(result)}
      />
    </button>
  )
}

function Files({ result }: { readonly result: WireResult }): ReactElement | null {
  if (result.files.length === 0) return null
  return (
    <div className={classes.files}>
      {result.files.map(({ id, href, label, mediaType }) => (
        <a key={id} href={href} target="_blank" rel="noreferrer">
          {mediaType.startsWith('image/') ? (
            <img src={href} alt={label} className={classes.picture} loading="lazy" />
          ) : (
            label
          )}
        </a>
      ))}
    </div>
  )
}
