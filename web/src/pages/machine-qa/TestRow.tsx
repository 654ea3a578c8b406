import { ActionIcon, Textarea, Tooltip } from '@mantine/core'
import {
  IconChartLine,
  IconMessage,
  IconMessageFilled,
  IconPlayerSkipForward,
  IconPlayerSkipForwardFilled,
} from '@tabler/icons-react'
import { type KeyboardEvent, memo, type ReactElement, type ReactNode, useState } from 'react'
import type {
  WireFormTest,
  WirePassFail,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { PASS_FAIL, SKIPPED } from '../../api/machine-qa/words.ts'
import { EntryRow } from '../../ui/EntryRows.tsx'
import { formatNumber } from '../../ui/number-text.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import type { Entry } from './entry.ts'
import { isEntered } from './entry.ts'
import { commentId, entryId, focusAfter, focusCommentSoon, focusEntry } from './entry-focus.ts'
import { type Deviation, deviationOf, type JudgedValue, toleranceEnds } from './judge.ts'
import classes from './performing.module.css'
import { TestInput } from './TestInput.tsx'
import { TestInstructions } from './TestInstructions.tsx'

/** What a calculated row shows. */
export interface Calculated {
  readonly formatted: string
  readonly error: string | null
  readonly comment: string | null
}

export interface TestRowProps {
  readonly number: number
  readonly test: WireFormTest
  readonly entry: Entry
  readonly value: JudgedValue
  readonly passFail: WirePassFail
  readonly calculated: Calculated | undefined
  readonly isCalculating: boolean
  readonly problem: string | undefined
  readonly isSending: boolean
  readonly onEntry: (macro: string, patch: Partial<Entry>) => void
  readonly onFile: (test: WireFormTest, file: File | null) => void
  readonly onChart: (test: WireFormTest) => void
  readonly onLeave: (macro: string) => void
}

/** One test of the list: what it asks, what was typed, how it compares. Redrawn only when something of its own changed. */
export const TestRow = memo(function TestRow(props: TestRowProps): ReactElement {
  const { test, entry, passFail, value } = props
  const [isCommentOpen, setCommentOpen] = useState(false)
  const [isExplained, setExplained] = useState(false)
  const hasComment = isCommentOpen || entry.comment !== '' || needsComment(props)

  const skip = (): void => {
    const isSkipped = !entry.isSkipped
    props.onEntry(test.macro, isSkipped ? { isSkipped, typed: '', file: null } : { isSkipped })
    if (!isSkipped) return
    if (test.skipWithoutComment) return
    setCommentOpen(true)
    focusCommentSoon(test.macro)
  }
  const comment = (): void => {
    setCommentOpen(true)
    focusCommentSoon(test.macro)
  }
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    if (!isRowKey(event)) return
    if (event.key.toLowerCase() === 's' && isEntered(test)) skip()
    else if (event.key.toLowerCase() === 'c') comment()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: notices that the row is left, to judge what was typed
    <div
      className={classes.slot}
      data-macro={test.macro}
      data-skipped={entry.isSkipped}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) props.onLeave(test.macro)
      }}
    >
      <EntryRow
        number={props.number}
        name={
          <button
            type="button"
            className={classes.name}
            tabIndex={-1}
            aria-expanded={isExplained}
            onClick={() => setExplained(!isExplained)}
          >
            {test.name}
          </button>
        }
        input={isEntered(test) ? <EnteredInput {...props} /> : <ShownValue {...props} />}
        reference={
          test.reference === null ? null : (
            <span title={test.tolerance?.name}>
              <span className="ts-hidden">Reference </span>
              {test.reference.display}
            </span>
          )
        }
        difference={<Difference deviation={deviationOf(test, value)} isStale={props.isCalculating} />}
        trend={<Trend {...props} />}
        status={<RowStatus passFail={passFail} isSkipped={entry.isSkipped} test={test} />}
        actions={
          <RowActions
            test={test}
            entry={entry}
            onSkip={skip}
            onComment={comment}
            onChart={() => props.onChart(test)}
          />
        }
        onKeyDown={onKey}
        below={belowOf(
          <>
            {isExplained ? <TestInstructions test={test} /> : null}
            {hasComment ? <CommentBox {...props} onClose={() => setCommentOpen(false)} /> : null}
            <Remarks {...props} />
          </>,
          isExplained || hasComment || hasRemarks(props),
        )}
      />
    </div>
  )
})

function belowOf(content: ReactNode, isShown: boolean): ReactNode {
  return isShown ? <div className={classes.below}>{content}</div> : undefined
}

function needsComment({ problem, entry }: TestRowProps): boolean {
  return problem !== undefined && entry.comment === '' && /comment/i.test(problem)
}

/** `s` and `c` act where they are no text: in numbers, answers and buttons; with Alt everywhere. */
function isRowKey(event: KeyboardEvent<HTMLElement>): boolean {
  if (event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return false
  if (event.altKey) return true
  const { target } = event
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return false
  return !(target instanceof HTMLInputElement) || target.inputMode === 'decimal'
}

function EnteredInput(props: TestRowProps): ReactElement {
  const { test, entry, onEntry } = props
  return (
    <TestInput
      test={test}
      entry={entry}
      hasProblem={props.problem !== undefined}
      isBusy={props.isSending}
      onType={(typed) => onEntry(test.macro, typed === '' ? { typed } : { typed, isSkipped: false })}
      onFile={(file) => props.onFile(test, file)}
    />
  )
}

/** Calculated and constant values stand where the inputs of other rows stand. */
function ShownValue({ test, calculated, isCalculating }: TestRowProps): ReactElement {
  const isConstant = test.type === 'constant'
  // The first calculation after a start of the server waits for the interpreter.
  const kind = isConstant
    ? 'constant'
    : isCalculating && calculated === undefined
      ? 'calculating …'
      : 'calculated'
  const text = isConstant ? formatConstant(test.constantValue) : (calculated?.formatted ?? '')
  return (
    <output
      id={entryId(test.macro)}
      className={classes.shown}
      data-stale={isCalculating}
      aria-label={test.name}
      tabIndex={-1}
    >
      {text === '' ? <span className="ts-dim">–</span> : `= ${text}`}
      <span className="ts-dim"> {kind}</span>
    </output>
  )
}

function formatConstant(value: number | null): string {
  return value === null ? '' : formatNumber(value)
}

function Difference({
  deviation,
  isStale,
}: {
  readonly deviation: Deviation | undefined
  readonly isStale: boolean
}): ReactElement | null {
  if (deviation === undefined) return null
  if (deviation.kind === 'percent-of-zero') return <span title="Per cent of a reference of zero">n/a</span>
  const amount = Number(deviation.amount.toPrecision(4))
  return (
    <span className="ts-num" data-stale={isStale}>
      {formatNumber(amount, { signed: true })}
      {deviation.kind === 'percent' ? <span className="ts-dim"> %</span> : null}
    </span>
  )
}

/** The last results, with what is being typed as their end; opens the whole course. */
function Trend({ test, value, passFail, onChart }: TestRowProps): ReactElement | null {
  const past = test.history.map((point) => point.value).toReversed()
  if (past.every((one) => one === null)) return null
  const isTyped = typeof value === 'number' && test.type !== 'boolean'
  return (
    <button type="button" className={classes.trend} tabIndex={-1} onClick={() => onChart(test)}>
      <Sparkline
        values={isTyped ? [...past, value] : past}
        label={`Last ${past.length} results of ${test.name}; open the chart`}
        token={isTyped ? PASS_FAIL[passFail].token : 'none'}
        {...toleranceEnds(test)}
      />
    </button>
  )
}

function RowStatus({
  passFail,
  isSkipped,
  test,
}: {
  readonly passFail: WirePassFail
  readonly isSkipped: boolean
  readonly test: WireFormTest
}): ReactElement {
  const waits = passFail === 'not_done' && !isEntered(test)
  const shown = isSkipped ? SKIPPED : waits ? { token: 'none' as const, word: 'Waits' } : PASS_FAIL[passFail]
  return <StatusChip token={shown.token}>{shown.word}</StatusChip>
}

interface RowActionsProps {
  readonly test: WireFormTest
  readonly entry: Entry
  readonly onSkip: () => void
  readonly onComment: () => void
  readonly onChart: () => void
}

function RowActions({ test, entry, onSkip, onComment, onChart }: RowActionsProps): ReactElement {
  // Rows with an input have keys of their own for these; the others are reached by Tab.
  const tabIndex = isEntered(test) ? -1 : 0
  const Comment = entry.comment === '' ? IconMessage : IconMessageFilled
  const Skip = entry.isSkipped ? IconPlayerSkipForwardFilled : IconPlayerSkipForward
  return (
    <>
      <Tooltip label="Comment (c)">
        <ActionIcon
          aria-label={`Comment on ${test.name}`}
          tabIndex={tabIndex}
          onClick={onComment}
          data-active={entry.comment !== ''}
        >
          <Comment size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      {isEntered(test) ? (
        <Tooltip label={entry.isSkipped ? 'Do not skip (s)' : 'Skip (s)'}>
          <ActionIcon
            aria-label={`Skip ${test.name}`}
            aria-pressed={entry.isSkipped}
            tabIndex={-1}
            onClick={onSkip}
          >
            <Skip size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      ) : (
        <ActionIcon aria-label={`Chart of ${test.name}`} tabIndex={tabIndex} onClick={onChart}>
          <IconChartLine size={18} stroke={1.6} />
        </ActionIcon>
      )}
    </>
  )
}

function CommentBox({ test, entry, onEntry, onClose }: TestRowProps & { onClose: () => void }): ReactElement {
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape') focusEntry(test.macro)
    else if (event.key === 'Enter' && !event.shiftKey) focusAfter(test.macro)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Textarea
      id={commentId(test.macro)}
      aria-label={`Comment on ${test.name}`}
      placeholder={entry.isSkipped ? 'Why it is skipped' : 'Comment'}
      value={entry.comment}
      autosize
      minRows={1}
      maxRows={8}
      onChange={(event) => onEntry(test.macro, { comment: event.currentTarget.value })}
      onKeyDown={onKey}
      onBlur={onClose}
    />
  )
}

function hasRemarks({ problem, calculated, entry }: TestRowProps): boolean {
  const isCalculationRemarked = Boolean(calculated?.error) || Boolean(calculated?.comment)
  return problem !== undefined || isCalculationRemarked || entry.file !== null
}

/** What the server or a procedure says about the row, and pictures that came with it. */
function Remarks({ problem, calculated, entry, test }: TestRowProps): ReactElement {
  const files = [entry.file?.attachment ?? null, ...(entry.file?.written ?? [])].filter(
    (file) => file !== null,
  )
  const pictures = files.filter(({ mediaType }) => mediaType.startsWith('image/'))
  return (
    <>
      {problem === undefined ? null : (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {calculated?.error ? <pre className={classes.error}>{calculated.error}</pre> : null}
      {calculated?.comment ? <p className="ts-dim">{calculated.comment}</p> : null}
      {(entry.file?.errors ?? []).map((error) => (
        <pre key={error} className={classes.error}>
          {error}
        </pre>
      ))}
      {entry.file === null ? null : (
        <div className={classes.files}>
          {files.map(({ id, label, href }) => (
            <a key={id} href={href} target="_blank" rel="noreferrer">
              {label}
            </a>
          ))}
          {resultText(entry.file.result)}
        </div>
      )}
      {test.displayImage
        ? pictures.map(({ id, href, label }) => (
            <img key={id} src={href} alt={label} className={classes.picture} />
          ))
        : null}
    </>
  )
}

function resultText(result: unknown): ReactNode {
  if (result === null || result === undefined || result === '') return null
  const text = typeof result === 'object' ? JSON.stringify(result) : String(result)
  return <span className="ts-dim ts-mono">{text.length > 200 ? `${text.slice(0, 200)}…` : text}</span>
}
