import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WireMetric, WireSubject } from '../../../../src/dialects/native/quality/report.schema.ts'
import { changeAttribute } from '../../api/quality/edits.ts'
import { useEdit, useEditing } from './editing.ts'
import { ItemMenu } from './ItemMenu.tsx'
import classes from './quality.module.css'

/** Measures a metric now; copies, moves and removes it. */
export function MetricTools({
  metric,
  subject,
}: {
  readonly metric: WireMetric
  readonly subject: WireSubject
}): ReactElement | null {
  const { report, mayEdit } = useEditing()
  const edit = useEdit()
  if (!mayEdit) return null
  const subjects = report.subjects.map(({ id, name }) => ({ id, label: name }))
  const measure = (): Promise<unknown> =>
    changeAttribute('metric', metric.id, {
      attribute: 'measurement_requested',
      value: new Date().toISOString(),
    })
  return (
    <div className={classes.metricTools}>
      <Button
        variant="default"
        loading={metric.isRequested}
        disabled={metric.unmeasured !== null}
        onClick={() => void edit(measure, 'A measurement was asked for.')}
      >
        Measure now
      </Button>
      <ItemMenu
        kind="metric"
        id={metric.id}
        name={metric.name}
        copyTo={subjects}
        moveTo={subjects.filter(({ id }) => id !== subject.id)}
      />
    </div>
  )
}
