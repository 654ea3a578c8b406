import { NativeSelect, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WireFormTest } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import { parseNumberText } from '../../ui/number-text.ts'
import { YesNo } from '../../ui/YesNo.tsx'
import { type Entry, isNumberTest } from './entry.ts'
import { entryId, focusStop } from './entry-focus.ts'
import classes from './performing.module.css'

export interface TestInputProps {
  readonly test: WireFormTest
  readonly entry: Entry
  readonly hasProblem: boolean
  readonly isBusy: boolean
  readonly onType: (typed: string) => void
  readonly onFile: (file: File | null) => void
}

/** The control of a row, by the type of its test. Links to a row lead to the element around it, which passes them on. */
export function TestInput(props: TestInputProps): ReactElement {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: passes the focus on to the control inside it
    <div
      id={entryId(props.test.macro)}
      data-entry
      tabIndex={-1}
      className={classes.input}
      onFocus={(event) => {
        if (event.target === event.currentTarget) focusStop(event.currentTarget)
      }}
    >
      <Control {...props} />
    </div>
  )
}

function Control({ test, entry, hasProblem, isBusy, onType, onFile }: TestInputProps): ReactElement {
  const common = { 'aria-label': test.name, value: entry.typed, error: hasProblem }
  const placeholder = entry.isSkipped ? 'skipped' : undefined
  if (isNumberTest(test)) {
    const isInvalid = parseNumberText(entry.typed).kind === 'invalid'
    return (
      <NumberEntry
        {...common}
        placeholder={placeholder}
        error={hasProblem || isInvalid}
        onChange={(text) => onType(text)}
      />
    )
  }
  switch (test.type) {
    case 'boolean':
      return (
        <YesNo
          label={test.name}
          value={entry.typed === '' ? null : entry.typed === 'yes'}
          onChange={(answer) => onType(answer === null ? '' : answer ? 'yes' : 'no')}
        />
      )
    case 'multchoice':
      return (
        <NativeSelect
          {...common}
          onChange={(event) => onType(event.currentTarget.value)}
          data={[{ value: '', label: entry.isSkipped ? 'skipped' : '' }, ...test.choices]}
        />
      )
    case 'upload':
      return <UploadInput test={test} entry={entry} isBusy={isBusy} onFile={onFile} />
    default: {
      const type = { date: 'date', datetime: 'datetime-local' }[String(test.type)] ?? 'text'
      return (
        <TextInput
          {...common}
          type={type}
          placeholder={placeholder}
          autoComplete="off"
          onChange={(event) => onType(event.currentTarget.value)}
        />
      )
    }
  }
}

function UploadInput({
  test,
  entry,
  isBusy,
  onFile,
}: Pick<TestInputProps, 'test' | 'entry' | 'isBusy' | 'onFile'>): ReactElement {
  const name = entry.file?.attachment?.label ?? (entry.file === null ? undefined : 'File of this session')
  return (
    <div className={classes.upload} aria-busy={isBusy}>
      <FileDrop
        form="row"
        label={test.name}
        camera={test.displayImage}
        files={[]}
        onChange={(files) => onFile(files[0] ?? null)}
      />
      <span className={classes.fileName} title={name}>
        {isBusy ? 'Sending …' : name}
      </span>
    </div>
  )
}
