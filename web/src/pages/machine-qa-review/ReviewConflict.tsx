import { Button } from '@mantine/core'
import { type ReactElement, useEffect, useRef } from 'react'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import classes from './review.module.css'

/** Two reviewers at once: the second one sees that nothing was stored, and what is stored now. */
export function ReviewConflict({
  message,
  onReread,
}: {
  readonly message: string
  readonly onReread: () => Promise<void>
}): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} className={classes.conflict} role="alert" tabIndex={-1}>
      <StatusIcon token="warn" size={20} />
      <div>
        <strong>Somebody else was faster</strong>
        <p>{message} Your choices were not stored.</p>
      </div>
      <Button variant="default" onClick={() => void onReread()}>
        Show what is stored now
      </Button>
    </div>
  )
}
