import { type KeyboardEvent, type ReactElement, type Ref, useImperativeHandle, useRef } from 'react'
import classes from './YesNo.module.css'

export interface YesNoProps {
  readonly value: boolean | null
  readonly onChange: (value: boolean | null) => void
  /** What is asked, for screen readers; the row shows it. */
  readonly label: string
  readonly disabled?: boolean
  /** `focus()` goes to the chosen answer, or to the first. */
  readonly ref?: Ref<{ focus: () => void }>
}

const ANSWERS = [
  { value: true, word: 'Yes', key: 'y' },
  { value: false, word: 'No', key: 'n' },
] as const

/** Yes or no, by tap or by `y` and `n`; Backspace takes the answer back. One stop of the Tab key. */
export function YesNo({ value, onChange, label, disabled = false, ref }: YesNoProps): ReactElement {
  const buttons = useRef<(HTMLButtonElement | null)[]>([])
  const current = value === false ? 1 : 0
  useImperativeHandle(ref, () => ({ focus: () => buttons.current[current]?.focus() }), [current])

  const choose = (answer: boolean | null): void => {
    onChange(answer)
    buttons.current[answer === false ? 1 : 0]?.focus()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const answer = ANSWERS.find(({ key }) => key === event.key.toLowerCase())
    if (answer !== undefined) choose(answer.value)
    else if (event.key === 'Backspace' || event.key === 'Delete') choose(null)
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') choose(event.key === 'ArrowLeft')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div role="radiogroup" aria-label={label} className={classes.group} onKeyDown={onKey}>
      {ANSWERS.map((answer, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a button that can be un-chosen, which a radio input cannot
        <button
          key={answer.word}
          ref={(element) => {
            buttons.current[index] = element
          }}
          type="button"
          role="radio"
          aria-checked={value === answer.value}
          tabIndex={index === current ? 0 : -1}
          disabled={disabled}
          className={classes.answer}
          onClick={() => onChange(value === answer.value ? null : answer.value)}
        >
          {answer.word}
        </button>
      ))}
    </div>
  )
}
