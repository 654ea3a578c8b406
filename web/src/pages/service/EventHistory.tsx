import type { ReactElement } from 'react'
import type { WireServiceEvent } from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import classes from './service.module.css'

const WORDS: Readonly<Record<string, string>> = {
  new: 'Reported',
  modified: 'Changed',
  status: 'Status',
  'rts-changed': 'Return-to-service QA changed',
  'rts-performed': 'Return-to-service QA performed',
  'rts-approved': 'Return-to-service QA approved',
  deleted: 'Deleted',
  restored: 'Restored',
}

/** What happened to an event, newest first. */
export function EventHistory({ log }: { readonly log: WireServiceEvent['log'] }): ReactElement {
  return (
    <Panel title="History">
      <ol className={classes.list}>
        {log.map(({ id, kind, at, by, detail }) => (
          <li key={id}>
            <strong>{WORDS[kind] ?? kind}</strong> {describe(kind, detail)}{' '}
            <span className="ts-dim">
              by {by ?? 'the system'} · <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function describe(kind: string, detail: Readonly<Record<string, unknown>>): string {
  if (kind === 'status') {
    const because = detail.because === undefined ? '' : `, because ${detail.because}`
    return detail.from === undefined
      ? `${detail.to}${because}`
      : `from ${detail.from} to ${detail.to}${because}`
  }
  if (Array.isArray(detail.changed)) return detail.changed.map((name) => spaced(String(name))).join(', ')
  if (detail.reason !== undefined) return String(detail.reason)
  return detail.change === undefined ? '' : String(detail.change)
}

/** `durationLostTime` as people read it: `duration lost time`. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
