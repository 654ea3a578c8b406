import { notifications } from '@mantine/notifications'
import { createElement } from 'react'
import { ApiError } from '../api/api-error.ts'
import type { StatusToken } from '../theme/tokens.ts'
import { StatusIcon } from './StatusIcon.tsx'

const READING_TIME_MS = 5000
const LOOK = { withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } } as const

/** Says in a corner what was done. `message` is a short sentence in the past: `Session submitted.` */
export function toast(message: string, token: StatusToken = 'ok'): void {
  const icon = createElement(StatusIcon, { token, size: 20 })
  notifications.show({ message, icon, autoClose: READING_TIME_MS, ...LOOK })
}

/** Says that an action failed and why; stays until closed. Problems of single fields belong beside the fields. */
export function toastError(title: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error)
  const requestId =
    error instanceof ApiError && error.requestId !== undefined ? ` (request ${error.requestId})` : ''
  const icon = createElement(StatusIcon, { token: 'act', size: 20 })
  notifications.show({ title, message: `${reason}${requestId}`, icon, autoClose: false, ...LOOK })
}
