import { type ReactElement, useSyncExternalStore } from 'react'
import { useSiteZone } from './site.ts'
import { formatInstant, formatRelative, type TimeDetail } from './site-time.ts'

const TICK_MS = 30_000
let now = new Date()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = new Date()
    for (const one of listeners) one()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The present, to half a minute; one clock for all components. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now)
}

export interface RelativeTimeProps {
  /** Instant, ISO 8601. */
  readonly at: string | null | undefined
  readonly detail?: TimeDetail
  /** Where the relative form goes: beside the absolute one, or only into the tooltip. */
  readonly hint?: 'beside' | 'tooltip'
}

/** An instant in the site's zone, absolute, with `2 hr ago` as a hint and ISO 8601 in the tooltip. */
export function RelativeTime({ at, detail = 'auto', hint = 'beside' }: RelativeTimeProps): ReactElement {
  const zone = useSiteZone()
  const present = useNow()
  if (at === null || at === undefined) return <span className="ts-dim">–</span>
  const instant = new Date(at)
  const relative = formatRelative(instant, present)
  return (
    <time className="ts-num" dateTime={at} title={hint === 'tooltip' ? `${relative} · ${at}` : at}>
      {formatInstant(instant, zone, detail, present)}
      {hint === 'beside' ? <span className="ts-dim"> · {relative}</span> : null}
    </time>
  )
}
