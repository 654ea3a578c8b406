import { Button, Group, Modal, Radio } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { FieldMeta, RecordMeta } from '../api/record-meta.ts'
import classes from './ConflictView.module.css'
import { FieldValue } from './FieldValue.tsx'
import { changedFields, type FormValues, initialValues, isSameValue, toWireValue } from './record-values.ts'
import { useSiteZone } from './site.ts'

export interface ConflictViewProps {
  readonly meta: RecordMeta
  /** What the form opened with. */
  readonly before: FormValues
  readonly mine: FormValues
  /** The record as somebody else left it. */
  readonly stored: Readonly<Record<string, unknown>>
  /** What to go on with: the stored record with my choices laid over it. */
  readonly onResolve: (values: FormValues) => void
  readonly onClose: () => void
}

type Side = 'mine' | 'stored'

/** Two versions of a record side by side; what only one of them changed is taken over without a question. */
export function ConflictView({
  meta,
  before,
  mine,
  stored,
  onResolve,
  onClose,
}: ConflictViewProps): ReactElement {
  const zone = useSiteZone()
  const theirs = initialValues(meta, stored, zone)
  const myChanges = changedFields(meta, before, mine)
  const disputed = myChanges.filter(({ name }) => !isSameValue(mine[name] ?? '', theirs[name] ?? ''))
  const others = changedFields(meta, before, theirs).filter((field) => !myChanges.includes(field))
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({})
  const resolve = (): void => {
    const kept = disputed.filter(({ name }) => sides[name] !== 'stored')
    onResolve({ ...theirs, ...Object.fromEntries(kept.map(({ name }) => [name, mine[name] ?? ''])) })
  }
  return (
    <Modal opened onClose={onClose} title="Somebody else changed this meanwhile" size="xl">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Yours</th>
            <th scope="col">Stored now</th>
          </tr>
        </thead>
        <tbody>
          {disputed.map((field) => (
            <tr key={field.name}>
              <th scope="row">{field.label}</th>
              {(['mine', 'stored'] as const).map((side) => (
                <td key={side} data-chosen={(sides[field.name] ?? 'mine') === side}>
                  <Radio
                    name={field.name}
                    value={side}
                    checked={(sides[field.name] ?? 'mine') === side}
                    onChange={() => setSides({ ...sides, [field.name]: side })}
                    label={<Shown field={field} values={side === 'mine' ? mine : theirs} zone={zone} />}
                  />
                </td>
              ))}
            </tr>
          ))}
          {others.map((field) => (
            <tr key={field.name}>
              <th scope="row">{field.label}</th>
              <td className="ts-dim">not changed by you</td>
              <td data-chosen="true">
                <Shown field={field} values={theirs} zone={zone} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group justify="flex-end" gap={8} mt={24}>
        <Button variant="default" onClick={onClose}>
          Back to the form
        </Button>
        <Button onClick={resolve}>Go on with this choice</Button>
      </Group>
    </Modal>
  )
}

function Shown({
  field,
  values,
  zone,
}: {
  readonly field: FieldMeta
  readonly values: FormValues
  readonly zone: string
}): ReactElement {
  const value = values[field.name] ?? ''
  const isReference = field.kind === 'reference' || field.kind === 'references'
  return (
    <FieldValue field={field} value={isReference ? value : toWireValue(field, value, zone)} place="cell" />
  )
}
