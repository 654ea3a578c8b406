import { TextInput, type TextInputProps } from '@mantine/core'
import type { ChangeEvent, ReactElement, Ref } from 'react'
import classes from './NumberEntry.module.css'
import { type ParsedNumber, parseNumberText } from './number-text.ts'

export interface NumberEntryProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  /** The text as typed. It is kept as it is: trailing zeros matter. */
  readonly value: string
  readonly onChange: (text: string, parsed: ParsedNumber) => void
  /** Shown inside the field, at its right edge. */
  readonly unit?: string | undefined
  /** `end` (default) where numbers stand below one another, `start` in a form. */
  readonly align?: 'start' | 'end'
  readonly ref?: Ref<HTMLInputElement>
}

/** A number typed with `.` or `,`. A plain text field: no spinner, and the wheel never changes it. */
export function NumberEntry({
  value,
  onChange,
  unit,
  error,
  align = 'end',
  ...rest
}: NumberEntryProps): ReactElement {
  const isInvalid = parseNumberText(value).kind === 'invalid'
  const change = (event: ChangeEvent<HTMLInputElement>): void => {
    onChange(event.currentTarget.value, parseNumberText(event.currentTarget.value))
  }
  return (
    <TextInput
      {...rest}
      value={value}
      onChange={change}
      data-align={align}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      error={error ?? (isInvalid && rest.label !== undefined ? 'Not a number' : isInvalid)}
      classNames={{ input: classes.input ?? '', section: classes.unit ?? '' }}
      {...(unit === undefined
        ? {}
        : { rightSection: <span>{unit}</span>, rightSectionWidth: `calc(${unit.length}ch + 24px)` })}
      rightSectionPointerEvents="none"
    />
  )
}
