import { Checkbox } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WireAnalysis } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { stateToken } from '../../api/lims/words.ts'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { judgeEntry, rangeText } from './judge-entry.ts'
import { InterimInputs, ResultInput } from './ResultInput.tsx'
import classes from './results.module.css'
import type { ResultEntryState } from './use-result-entry.ts'

export interface ResultRowProps {
  readonly analysis: WireAnalysis
  /** What it is measured of, to name its inputs. */
  readonly of: string
  readonly entry: ResultEntryState
  readonly isSelected: boolean
  readonly onSelect: (isSelected: boolean) => void
  readonly onPasteColumn: (text: string) => void
}

const ENDED: ReadonlySet<string> = new Set(['retracted', 'rejected', 'not_requested'])

/** One analysis: its result, its range, and how the two stand to one another. */
export function ResultRow(props: ResultRowProps): ReactElement {
  const { analysis, of, entry, isSelected } = props
  const label = `${analysis.title} of ${of}`
  const canMove = analysis.moves.length > 0
  return (
    <>
      <tr className={classes.row} data-ended={ENDED.has(analysis.state)} data-selected={isSelected}>
        <td className={classes.tick}>
          {canMove ? (
            <Checkbox
              size="sm"
              aria-label={`Select ${label}`}
              checked={isSelected}
              onChange={(event) => props.onSelect(event.currentTarget.checked)}
            />
          ) : null}
        </td>
        <th scope="row" className={classes.name}>
          {analysis.title}
          <span className={classes.kind}> {kindWord(analysis)}</span>
        </th>
        <td className={classes.input}>
          <ResultInput analysis={analysis} label={label} entry={entry} onPasteColumn={props.onPasteColumn} />
        </td>
        <td className="ts-dim">{analysis.unit ?? ''}</td>
        <td className={classes.range}>{rangeText(analysis.range)}</td>
        <td className={classes.verdict}>
          <Verdict analysis={analysis} typed={entry.draftOf(analysis.id)?.result} />
        </td>
        <td className={classes.uncertainty}>
          {analysis.shownUncertainty === '' ? '' : `± ${analysis.shownUncertainty}`}
        </td>
        <td>
          <StatusChip token={stateToken(analysis.state)}>{analysis.stateTitle}</StatusChip>
        </td>
        <td className={classes.people}>{peopleOf(analysis)}</td>
      </tr>
      {analysis.interims.some(({ hidden }) => !hidden) ? (
        <tr className={classes.interimRow}>
          <td />
          <td colSpan={8}>
            <div className={classes.interims}>
              <InterimInputs analysis={analysis} label={label} entry={entry} />
              {analysis.formula === null ? null : (
                <span className={classes.formula}>= {analysis.formula}</span>
              )}
            </div>
          </td>
        </tr>
      ) : null}
    </>
  )
}

function kindWord({ keyword, retestOfId, accredited }: WireAnalysis): string {
  const words = [keyword]
  if (retestOfId !== null) words.push('retest')
  if (accredited) words.push('accredited')
  return words.join(' · ')
}

function peopleOf({ analyst, submittedBy, verifiedBy }: WireAnalysis): string {
  if (verifiedBy.length > 0) return `verified by ${verifiedBy.join(', ')}`
  return submittedBy === null ? (analyst ?? '') : `by ${submittedBy}`
}

function Verdict({
  analysis,
  typed,
}: {
  readonly analysis: WireAnalysis
  readonly typed: string | undefined
}): ReactElement | null {
  const verdict =
    typed === undefined ? storedVerdict(analysis) : judgeEntry(typed.replace(/^[<>]/, ''), analysis.range)
  if (verdict === 'outside') return <StatusChip token="act">Out of range</StatusChip>
  if (verdict === 'acceptable') return <StatusChip token="warn">On the shoulder</StatusChip>
  return verdict === 'inside' ? <StatusChip token="ok">In range</StatusChip> : null
}

function storedVerdict({
  result,
  range,
  outOfRange,
  acceptable,
}: WireAnalysis): ReturnType<typeof judgeEntry> {
  if (result === '' || rangeText(range) === '') return 'unknown'
  if (!outOfRange) return 'inside'
  return acceptable ? 'acceptable' : 'outside'
}
