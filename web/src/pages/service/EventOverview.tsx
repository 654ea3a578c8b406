import type { ReactElement } from 'react'
import type { WireServiceEvent } from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import { labelOf, referenceOf, referencesOf, textOf } from '../../api/row-values.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { Num } from '../../ui/Num.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { ReturnTable } from './ReturnTable.tsx'
import classes from './service.module.css'
import { Hours, ServiceStatus } from './service-columns.tsx'

/** What happened, what it took, and what has to be performed. */
export function EventOverview({
  details,
  again,
}: {
  readonly details: WireServiceEvent
  readonly again: () => Promise<void>
}): ReactElement {
  const { event } = details
  return (
    <div className={classes.parts}>
      <ReturnTable details={details} again={again} />
      <div className={classes.two}>
        <div className={classes.column}>
          <Description title="Problem" text={textOf(event.problemDescription)} />
          <Description title="Work" text={textOf(event.workDescription)} />
          {textOf(event.safetyPrecautions) === '' ? null : (
            <Description title="Safety precautions" text={textOf(event.safetyPrecautions)} />
          )}
          <People details={details} />
          <Parts rows={details.partsUsed} />
        </div>
        <div className={classes.column}>
          <Panel title="Facts">
            <KeyValue
              facts={[
                { label: 'Service time', value: <Hours seconds={event.durationServiceTime} /> },
                { label: 'Lost time', value: <Hours seconds={event.durationLostTime} /> },
                { label: 'Review', value: event.isReviewRequired === true ? 'Required' : 'Not required' },
                {
                  label: 'Status since',
                  value: textOf(event.datetimeStatusChanged) ? (
                    <RelativeTime at={textOf(event.datetimeStatusChanged)} />
                  ) : null,
                },
                { label: 'Initiated by', value: initiatedBy(details) },
                { label: 'Schedule', value: labelOf(event.serviceEventSchedule) },
              ]}
            />
          </Panel>
          <Linked details={details} />
        </div>
      </div>
    </div>
  )
}

function Description({ title, text }: { readonly title: string; readonly text: string }): ReactElement {
  return (
    <Panel title={title}>
      {text === '' ? <p className="ts-dim">Nothing said yet.</p> : <p className={classes.text}>{text}</p>}
    </Panel>
  )
}

function initiatedBy(details: WireServiceEvent): ReactElement | null {
  const session = referenceOf(details.event.testListInstanceInitiatedBy)
  if (session === null) return null
  return <AppLink to={`/machine-qa/sessions/${session.id}`}>Session {session.id}</AppLink>
}

function People({ details: { hours, linkers } }: { readonly details: WireServiceEvent }): ReactElement {
  return (
    <Panel title="People">
      {hours.length === 0 && linkers.length === 0 ? <p className="ts-dim">Nobody is named yet.</p> : null}
      <ul className={classes.list}>
        {hours.map((row) => (
          <li key={row.id}>
            {row.user === null ? `${labelOf(row.thirdParty)} (third party)` : labelOf(row.user)}{' '}
            <Hours seconds={row.time} /> <span className="ts-dim">h</span>
          </li>
        ))}
        {linkers.map((row) => (
          <li key={`l${row.id}`}>
            <span className="ts-dim">{labelOf(row.groupLinker)}:</span> {labelOf(row.user)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Parts({ rows }: { readonly rows: WireServiceEvent['partsUsed'] }): ReactElement {
  return (
    <Panel title="Parts used">
      {rows.length === 0 ? <p className="ts-dim">No parts were used.</p> : null}
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row.id}>
            <Num value={Number(row.quantity)} /> ×{' '}
            <AppLink to={`/machine-qa/parts/${referenceOf(row.part)?.id}`}>{labelOf(row.part)}</AppLink>
            {row.fromStorage === null ? null : (
              <span className="ts-dim"> from {labelOf(row.fromStorage)}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Linked({ details: { related, faults } }: { readonly details: WireServiceEvent }): ReactElement {
  return (
    <Panel title="Linked">
      {related.length === 0 && faults.length === 0 ? (
        <p className="ts-dim">No other events, no faults.</p>
      ) : null}
      <ul className={classes.list}>
        {faults.map((fault) => (
          <li key={`f${fault.id}`}>
            <AppLink to={`/machine-qa/faults/${fault.id}`}>
              Fault {fault.id}:{' '}
              {referencesOf(fault.faultTypes)
                .map(({ label }) => label)
                .join(', ')}
            </AppLink>
          </li>
        ))}
        {related.map((event) => (
          <li key={event.id}>
            <AppLink to={`/machine-qa/service/${event.id}`}>Event {event.id}</AppLink>{' '}
            <ServiceStatus name={labelOf(event.serviceStatus)} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
