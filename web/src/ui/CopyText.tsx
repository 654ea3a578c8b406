import { CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import classes from './CopyText.module.css'

/** An identifier that is copied by a click. */
export function CopyText({
  value,
  label = value,
}: {
  readonly value: string
  readonly label?: string
}): ReactElement {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : 'Copy'}>
          <button type="button" className={classes.copy} onClick={copy}>
            <span className="ts-mono">{label}</span>
            {copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
            <span className="ts-hidden" aria-live="polite">
              {copied ? 'copied' : 'copy'}
            </span>
          </button>
        </Tooltip>
      )}
    </CopyButton>
  )
}
