import type { ReactElement, ReactNode } from 'react'
import type { HistoryItem } from '../api/records.ts'
import classes from './HistoryTimeline.module.css'
import { RelativeTime } from './RelativeTime.tsx'

export interface HistoryTimelineProps {
  /** Newest first. */
  readonly items: readonly HistoryItem[]
  /** The field in the reader's words. */
  readonly labelOf: (field: string) => string
  readonly showValue: (field: string, value: unknown) => ReactNode
}

/** The last word of an action's name, as a past participle: `machine-qa.unit.change` → `changed`. */
function verbOf(action: string): string {
  const word = action.split('.').at(-1) ?? action
  const known: Readonly<Record<string, string>> = {
    add: 'added',
    create: 'added',
    change: 'changed',
    retire: 'retired',
    restore: 'restored',
    remove: 'removed',
    submit: 'submitted',
    void: 'voided',
  }
  return known[word] ?? word.replaceAll('-', ' ')
}

/** Who changed what from what to what, when and why. */
export function HistoryTimeline({ items, labelOf, showValue }: HistoryTimelineProps): ReactElement {
  return (
    <ol className={classes.timeline}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id and are never reordered
        <li key={index} className={classes.entry}>
          <p className={classes.head}>
            <strong>{item.actor?.label ?? 'Touchstone'}</strong> {verbOf(item.action)}
            <span className="ts-dim">
              {' '}
              · <RelativeTime at={item.at} />
            </span>
          </p>
          {item.reason ? <p className={classes.reason}>“{item.reason}”</p> : null}
          {item.changes.length === 0 ? null : (
            <dl className={classes.changes}>
              {item.changes.map((change) => (
                <div key={change.field} className={classes.change}>
                  <dt>{labelOf(change.field)}</dt>
                  <dd>
                    <del>
                      <span className="ts-hidden">from </span>
                      {showValue(change.field, change.before)}
                    </del>
                    <span aria-hidden="true" className={classes.arrow}>
                      →
                    </span>
                    <ins>
                      <span className="ts-hidden">to </span>
                      {showValue(change.field, change.after)}
                    </ins>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ol>
  )
}
