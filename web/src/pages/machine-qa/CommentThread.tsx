import type { ReactElement } from 'react'
import type { WireComment } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import classes from './CommentThread.module.css'

/** Who said what about a session, oldest first. */
export function CommentThread({ comments }: { readonly comments: readonly WireComment[] }): ReactElement {
  return (
    <ol className={classes.thread} aria-label="Comments">
      {comments.map(({ at, by, text }) => (
        <li key={`${at}${text}`}>
          <p className={classes.head}>
            <strong>{by ?? 'Unknown'}</strong>
            <span className="ts-dim">
              {' '}
              · <RelativeTime at={at} />
            </span>
          </p>
          <p className={classes.text}>{text}</p>
        </li>
      ))}
    </ol>
  )
}
