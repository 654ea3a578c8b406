import { CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import classes from './CodeSnippet.module.css'

/** A piece of a program or a command, copied by a click. */
export function CodeSnippet({
  label,
  code,
}: {
  readonly label: string
  readonly code: string
}): ReactElement {
  return (
    <figure className={classes.snippet}>
      <figcaption className={classes.head}>
        {label}
        <CopyButton value={code} timeout={1500}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy'}>
              <button type="button" className={classes.copy} onClick={copy} aria-label={`Copy: ${label}`}>
                {copied ? (
                  <IconCheck size={16} aria-hidden="true" />
                ) : (
                  <IconCopy size={16} aria-hidden="true" />
                )}
                <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
              </button>
            </Tooltip>
          )}
        </CopyButton>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre className={classes.code} tabIndex={0}>
        <code>{code}</code>
      </pre>
    </figure>
  )
}
