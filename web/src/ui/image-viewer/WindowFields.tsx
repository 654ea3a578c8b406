import { NumberInput } from '@mantine/core'
import type { ReactElement } from 'react'
import classes from './image-viewer.module.css'
import type { ViewerWindow } from './viewer-frame.ts'

export interface WindowFieldsProps {
  readonly window: ViewerWindow
  readonly unit: string | null
  readonly onChange: (window: ViewerWindow) => void
}

/** The window in numbers, for those who know what they want or cannot drag. */
export function WindowFields({ window, unit, onChange }: WindowFieldsProps): ReactElement {
  const suffix = unit === null ? '' : ` ${unit}`
  return (
    <div className={classes.window}>
      <NumberInput
        aria-label="Window centre"
        leftSection={<span className={classes.letter}>C</span>}
        suffix={suffix}
        value={Math.round(window.center * 10) / 10}
        onChange={(value) => {
          if (typeof value === 'number') onChange({ ...window, center: value })
        }}
        step={10}
        className={classes.number}
      />
      <NumberInput
        aria-label="Window width"
        leftSection={<span className={classes.letter}>W</span>}
        suffix={suffix}
        value={Math.round(window.width * 10) / 10}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1) onChange({ ...window, width: value })
        }}
        min={1}
        step={10}
        className={classes.number}
      />
    </div>
  )
}
