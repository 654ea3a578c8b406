import type { ReactElement } from 'react'
import classes from './Brand.module.css'

/** Mark and name. `mark` alone where there is no room for the word. */
export function Brand({ form = 'full' }: { readonly form?: 'full' | 'mark' }): ReactElement {
  return (
    <span className={classes.brand}>
      <svg aria-hidden="true" width="26" height="26" viewBox="0 0 32 32">
        <rect width="32" height="32" rx="7" fill="var(--mantine-primary-color-filled)" />
        <path
          d="M9 16.5l4.8 4.8L23.5 11"
          fill="none"
          stroke="#fff"
          strokeWidth="3.2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {form === 'full' ? <span>Touchstone</span> : null}
    </span>
  )
}
