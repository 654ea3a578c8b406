import type { ReactElement } from 'react'
import type { WireStatusCounts } from '../../../../src/dialects/native/quality/report.schema.ts'
import { COUNTED, totalOf } from '../../api/quality/words.ts'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import classes from './quality.module.css'

/** How many metrics have each status: a bar of their shares, then colour, shape, number and word. */
export function StatusCounts({
  counts,
  iconSize = 15,
}: {
  readonly counts: WireStatusCounts
  readonly iconSize?: number
}): ReactElement {
  const present = COUNTED.filter(({ key }) => counts[key] > 0)
  if (totalOf(counts) === 0) return <p className="ts-dim">No metrics yet</p>
  return (
    <>
      <div className={classes.shares} aria-hidden="true">
        {present.map(({ key, token }) => (
          <span key={key} style={{ flexGrow: counts[key], background: `var(--ts-${token}-mark)` }} />
        ))}
      </div>
      <ul className={classes.counts}>
        {present.map(({ key, token, word }) => (
          <li key={key} style={{ color: `var(--ts-${token}-text)` }}>
            <StatusIcon token={token} size={iconSize} />
            <b>{counts[key]}</b> {word.toLocaleLowerCase()}
          </li>
        ))}
      </ul>
    </>
  )
}
