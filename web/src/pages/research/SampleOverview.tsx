import type { ReactElement } from 'react'
import type { SampleDetails, SampleLink } from '../../../../src/dialects/native/research/research.schema.ts'
import { quantityText } from '../../api/research/info-text.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { InfoValues } from './InfoValues.tsx'
import classes from './research.module.css'

/** What is known of a sample, and what it is connected with. */
export function SampleOverview({ sample }: { readonly sample: SampleDetails }): ReactElement {
  const { typeVersion } = sample
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        <Panel
          title={typeVersion.label}
          aside={
            typeVersion.isCurrent ? null : <span className="ts-dim">an earlier version of the type</span>
          }
        >
          <InfoValues schema={typeVersion.schema} layout={typeVersion.layout} info={sample.info} />
        </Panel>
        <Panel title="Registration">
          <KeyValue
            facts={[
              { label: 'Registered', value: <RelativeTime at={sample.registeredAt} /> },
              { label: 'Registered by', value: sample.user?.label },
              { label: 'Made by', value: sample.method?.label },
              { label: 'Amount', value: sample.amount === null ? undefined : quantityText(sample.amount) },
              { label: 'Location', value: sample.location },
              { label: 'Revision', value: sample.revision },
            ]}
          />
        </Panel>
      </div>
      <div className={classes.stack}>
        <Panel title="Comes from" padding="flush">
          {sample.parent === null ? (
            <p className={classes.note}>No sample is named that it was made of.</p>
          ) : (
            <SampleLinks samples={[sample.parent]} />
          )}
        </Panel>
        <Panel title="Became" padding="flush">
          {sample.children.length === 0 ? (
            <p className={classes.note}>Nothing was made of it yet.</p>
          ) : (
            <SampleLinks samples={sample.children} />
          )}
        </Panel>
        <Panel title="Experiments" padding="flush">
          {sample.experiments.length === 0 ? (
            <p className={classes.note}>No experiment is recorded.</p>
          ) : null}
          <ul className={classes.rows}>
            {sample.experiments.map((experiment) => (
              <li key={experiment.id}>
                <AppLink to={`/research/experiments/${experiment.id}`} className={classes.rowLink}>
                  {experiment.name}
                </AppLink>
                <span className={classes.grow}>
                  {experiment.method.label}, {formatDay(experiment.dateCreated)}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </div>
  )
}

/** Samples by name and id, each a way to its page. */
export function SampleLinks({ samples }: { readonly samples: readonly SampleLink[] }): ReactElement {
  return (
    <ul className={classes.rows}>
      {samples.map(({ id, name, sampleId }) => (
        <li key={id}>
          <AppLink to={`/research/samples/${id}`} className={classes.rowLink}>
            {name}
          </AppLink>
          <span className={`${classes.grow} ts-mono ts-dim`}>{sampleId}</span>
        </li>
      ))}
    </ul>
  )
}
