import type { ReactElement, ReactNode } from 'react'
import classes from './KeyValue.module.css'

export interface Fact {
  readonly label: string
  readonly value: ReactNode
  /** Takes the whole width: long text, lists. */
  readonly wide?: boolean
}

/** Facts of a thing, label above value, in as many columns as fit. */
export function KeyValue({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className={classes.list}>
      {facts.map((fact) => (
        <div key={fact.label} className={classes.fact} data-wide={fact.wide === true}>
          <dt>{fact.label}</dt>
          <dd>{fact.value ?? <span className="ts-dim">–</span>}</dd>
        </div>
      ))}
    </dl>
  )
}
