import type { ReactElement, Ref } from 'react'
import classes from './ErrorSummary.module.css'

export interface SummaryProblem {
  /** Element that holds the cause; undefined where no single field does. */
  readonly fieldId?: string
  readonly text: string
}

export interface ErrorSummaryProps {
  readonly title: string
  readonly problems: readonly SummaryProblem[]
  readonly requestId?: string | undefined
  readonly ref?: Ref<HTMLDivElement>
}

/** Everything that keeps a form from being sent, at its top, each with a way to the field. */
export function ErrorSummary({ title, problems, requestId, ref }: ErrorSummaryProps): ReactElement {
  const goTo = (fieldId: string): void => {
    const field = document.getElementById(fieldId)
    field?.focus()
    field?.scrollIntoView({ block: 'center' })
  }
  return (
    <div ref={ref} className={classes.summary} role="alert" tabIndex={-1}>
      <h2 className={classes.title}>{title}</h2>
      <ul className={classes.list}>
        {problems.map(({ fieldId, text }) => (
          <li key={`${fieldId ?? ''}${text}`}>
            {fieldId === undefined ? (
              text
            ) : (
              <button type="button" onClick={() => goTo(fieldId)}>
                {text}
              </button>
            )}
          </li>
        ))}
      </ul>
      {requestId === undefined ? null : (
        <p className={classes.request}>
          Request <span className="ts-mono">{requestId}</span>
        </p>
      )}
    </div>
  )
}
