import { NativeSelect, TextInput } from '@mantine/core'
import type { ClipboardEvent, ReactElement } from 'react'
import type { WireAnalysis } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { editedText, type ResultEntryState } from './use-result-entry.ts'

export interface ResultInputProps {
  readonly analysis: WireAnalysis
  /** Names the input: `Calcium of AP-0001-R01`. */
  readonly label: string
  readonly entry: ResultEntryState
  /** Several cells were pasted into this one. */
  readonly onPasteColumn: (text: string) => void
}

/** Where a result is typed or chosen; what is calculated or finished is only shown. */
export function ResultInput({ analysis, label, entry, onPasteColumn }: ResultInputProps): ReactElement {
  const { id } = analysis
  const value = entry.draftOf(id)?.result ?? editedText(analysis)
  const problem = entry.problemOf(id)
  if (!analysis.editable || analysis.calculated) {
    return <span className="ts-num">{analysis.shown === '' ? '–' : analysis.shown}</span>
  }
  const common = { 'aria-label': label, error: problem, 'data-entry': true }
  if (analysis.resultType === 'select') {
    return (
      <NativeSelect
        {...common}
        value={value}
        data={[
          { value: '', label: '–' },
          ...analysis.options.map((option) => ({ value: option.value, label: option.text })),
        ]}
        onChange={(event) => {
          entry.edit(id, { result: event.currentTarget.value })
          void entry.store([id])
        }}
      />
    )
  }
  const onPaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const text = event.clipboardData.getData('text')
    if (!/[\n\t]/.test(text.trimEnd())) return
    event.preventDefault()
    onPasteColumn(text)
  }
  return (
    <TextInput
      {...common}
      {...(analysis.resultType === 'date' ? { type: 'date' } : {})}
      {...(analysis.resultType === 'numeric' ? { inputMode: 'decimal' as const } : {})}
      autoComplete="off"
      value={value}
      onPaste={onPaste}
      onChange={(event) => entry.edit(id, { result: event.currentTarget.value })}
      onBlur={() => void entry.store([id])}
    />
  )
}

/** The values that a formula is given, under the row of their analysis. */
export function InterimInputs({
  analysis,
  label,
  entry,
}: Pick<ResultInputProps, 'analysis' | 'label' | 'entry'>): ReactElement {
  const typed = entry.draftOf(analysis.id)?.interims
  return (
    <>
      {analysis.interims
        .filter(({ hidden }) => !hidden)
        .map(({ keyword, title, value, unit }) => (
          <TextInput
            key={keyword}
            data-entry
            label={unit === null ? title : `${title} (${unit})`}
            aria-label={`${title} of ${label}`}
            autoComplete="off"
            disabled={!analysis.editable}
            value={typed?.[keyword] ?? value}
            onChange={(event) =>
              entry.edit(analysis.id, { interims: { ...typed, [keyword]: event.currentTarget.value } })
            }
            onBlur={() => void entry.store([analysis.id])}
          />
        ))}
    </>
  )
}
