import type { ReactElement } from 'react'
import type { WireMetric } from '../../../../src/dialects/native/quality/report.schema.ts'
import { EditChoice, EditSwitch, EditTexts } from './EditChoice.tsx'
import { EditField } from './EditField.tsx'
import { useEditing, useSaveAttribute } from './editing.ts'
import classes from './quality.module.css'

const SCALES = { count: 'Count', percentage: 'Percentage', version_number: 'Version number' } as const

/** What a metric measures and what is aimed at. */
export function MetricConfiguration({ metric }: { readonly metric: WireMetric }): ReactElement {
  const { catalogue, report } = useEditing()
  const save = useSaveAttribute('metric', metric)
  const type = catalogue?.metrics.find(({ key }) => key === metric.type)
  const own = (name: string): string => String(metric.attributes[name] ?? '')
  const text = (name: string) => (value: string, force: boolean) => save(name, value || null, force)
  const unit = metric.scale === 'percentage' ? '%' : undefined
  const kind = metric.scale === 'version_number' ? 'text' : 'number'
  return (
    <div className={classes.fields}>
      <p className={classes.wide}>
        <b>{metric.typeName}</b>: {type?.description ?? ''} {type?.rationale ?? ''}
      </p>
      <EditField label="Name" value={own('name')} placeholder={metric.typeName} onSave={text('name')} />
      <EditField label="Secondary name" value={own('secondary_name')} onSave={text('secondary_name')} />
      <EditTexts
        label="Tags"
        values={metric.tags}
        choices={report.tags.map(({ tag }) => tag)}
        isOpen
        onSave={(tags) => save('tags', tags)}
      />
      <EditChoice
        label="Scale"
        value={metric.scale}
        choices={metric.scales.map((value) => ({ value, label: SCALES[value] }))}
        onSave={(value) => save('scale', value)}
      />
      <EditChoice
        label="Direction"
        value={metric.direction}
        choices={[
          { value: '<', label: 'Less is better (≤)' },
          { value: '>', label: 'More is better (≥)' },
        ]}
        onSave={(value) => save('direction', value)}
      />
      <EditField label="Unit" value={own('unit')} placeholder={type?.unit ?? ''} onSave={text('unit')} />
      <EditField
        label="Unit of one"
        value={own('unit_singular')}
        placeholder={type?.unitSingular ?? ''}
        onSave={text('unit_singular')}
      />
      <EditSwitch
        label="Judge against targets"
        description="Otherwise the metric only informs"
        isOn={metric.evaluateTargets}
        onSave={(isOn) => save('evaluate_targets', isOn)}
      />
      <EditField
        label="Target"
        kind={kind}
        unit={unit}
        value={metric.target ?? ''}
        onSave={(value, force) => save('target', value, force)}
      />
      <EditField
        label="Near target"
        kind={kind}
        unit={unit}
        description="Until here yellow, beyond it red"
        value={metric.nearTarget ?? ''}
        onSave={(value, force) => save('near_target', value, force)}
      />
    </div>
  )
}
