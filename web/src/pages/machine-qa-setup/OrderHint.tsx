import type { ReactElement } from 'react'
import { KeyCaps } from '../../ui/KeyCaps.tsx'
import classes from './setup.module.css'

/** How rows are moved without a mouse. */
export function OrderHint(): ReactElement {
  return (
    <p className={classes.hint}>
      <span className={classes.keys}>
        <KeyCaps keys="up down" /> choose a row
      </span>
      <span className={classes.keys}>
        <KeyCaps keys="alt+up down" /> move it
      </span>
      <span className={classes.keys}>
        <KeyCaps keys="Del" /> remove it
      </span>
    </p>
  )
}
