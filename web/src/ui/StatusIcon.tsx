import type { ReactElement, ReactNode } from 'react'
import type { StatusToken } from '../theme/tokens.ts'

const LINE = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 } as const
const CUT = { fill: 'none', stroke: 'var(--ts-panel)', strokeWidth: 1.7, strokeLinecap: 'round' } as const

/** Each status has a silhouette of its own, so that it is told apart without colour and at 12 pixels. */
const SHAPES: Record<StatusToken, ReactNode> = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.9 8.3l2.2 2.2 4.1-4.6" strokeLinejoin="round" {...CUT} />
    </>
  ),
  warn: (
    <>
      <path
        d="M8 1.9l6.6 11.7H1.4z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path d="M8 6v3.4M8 11.9v.1" {...CUT} />
    </>
  ),
  act: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" {...CUT} />
    </>
  ),
  none: <circle cx="8" cy="8" r="6" {...LINE} />,
  todo: (
    <>
      <circle cx="8" cy="8" r="6.2" {...LINE} />
      <path d="M8 4.6V8l2.4 1.5" strokeLinecap="round" strokeLinejoin="round" {...LINE} />
    </>
  ),
  late: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M8 4.3V8l2.5 1.6" strokeLinejoin="round" {...CUT} />
    </>
  ),
  debt: (
    <path d="M8 1.5l5.5 2v4c0 3.2-2.2 5.7-5.5 7-3.3-1.3-5.5-3.8-5.5-7v-4z" strokeLinejoin="round" {...LINE} />
  ),
  void: (
    <>
      <circle cx="8" cy="8" r="6.2" {...LINE} />
      <path d="M3.6 12.4l8.8-8.8" {...LINE} />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.2" strokeDasharray="2.4 1.5" {...LINE} />
      <path
        d="M6.3 6.4a1.75 1.75 0 1 1 2.6 1.5c-.6.35-.9.7-.9 1.3M8 11.4v.1"
        strokeLinecap="round"
        {...LINE}
      />
    </>
  ),
}

export interface StatusIconProps {
  readonly token: StatusToken
  /** Side in pixels. */
  readonly size?: number
}

/** The mark of a status. Always beside its word (`StatusChip`), hence hidden from screen readers. */
export function StatusIcon({ token, size = 16 }: StatusIconProps): ReactElement {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      style={{ color: `var(--ts-${token}-mark)`, flex: 'none' }}
    >
      {SHAPES[token]}
    </svg>
  )
}
