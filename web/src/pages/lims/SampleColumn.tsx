import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect } from 'react'
import { contactsQuery } from '../../api/lims/contacts.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ReferenceSelect, ReferencesSelect } from '../../ui/ReferenceSelect.tsx'
import classes from './lims.module.css'
import type { NewSampleColumn } from './new-sample-column.ts'
import { RegistrationPlan } from './RegistrationPlan.tsx'

export interface SampleColumnProps {
  readonly column: NewSampleColumn
  readonly number: number
  readonly problems: Readonly<Record<string, string>>
  readonly onChange: (changes: Partial<NewSampleColumn>) => void
  readonly onRemove?: () => void
}

/** The fields of one sample that is registered, and what registering it makes. */
export function SampleColumn(props: SampleColumnProps): ReactElement {
  const { column, number, problems, onChange, onRemove } = props
  return (
    <Panel
      title={`Sample ${number}`}
      aside={
        onRemove === undefined ? undefined : (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`Remove sample ${number}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        )
      }
    >
      <div className={classes.column}>
        <ReferenceSelect
          target="lims.client"
          label="Client"
          value={column.client}
          error={problems.client}
          onChange={(client) => onChange({ client, contact: null })}
        />
        <ContactSelect {...props} />
        <ReferenceSelect
          target="lims.template"
          label="Template"
          value={column.template}
          error={problems.template}
          onChange={(template) => onChange({ template })}
        />
        <ReferenceSelect
          target="lims.sample-type"
          label="Sample type"
          value={column.sampleType}
          error={problems.sampleType}
          onChange={(sampleType) => onChange({ sampleType })}
        />
        <TextInput
          type="datetime-local"
          label="Sampled at"
          value={column.samplingDate}
          error={problems.samplingDate}
          onChange={(event) => onChange({ samplingDate: event.currentTarget.value })}
        />
        <ReferencesSelect
          target="lims.profile"
          label="Profiles"
          value={column.profiles}
          error={problems.profiles}
          onChange={(profiles) => onChange({ profiles })}
        />
        <ReferencesSelect
          target="lims.service"
          label="Analyses"
          value={column.services}
          error={problems.services}
          onChange={(services) => onChange({ services })}
        />
        <ReferenceSelect
          target="lims.specification"
          label="Specification"
          value={column.specification}
          error={problems.specification}
          onChange={(specification) => onChange({ specification })}
        />
        <ReferenceSelect
          target="lims.sample-point"
          label="Sample point"
          value={column.samplePoint}
          error={problems.samplePoint}
          onChange={(samplePoint) => onChange({ samplePoint })}
        />
        <ReferenceSelect
          target="lims.priority"
          label="Priority"
          value={column.priority}
          error={problems.priority}
          onChange={(priority) => onChange({ priority })}
        />
        <ReferenceSelect
          target="lims.batch"
          label="Batch"
          value={column.batch}
          error={problems.batch}
          onChange={(batch) => onChange({ batch })}
        />
        <TextInput
          label="Client's sample ID"
          value={column.clientSampleId}
          error={problems.clientSampleId}
          onChange={(event) => onChange({ clientSampleId: event.currentTarget.value })}
        />
        <TextInput
          label="Client's reference"
          value={column.clientReference}
          error={problems.clientReference}
          onChange={(event) => onChange({ clientReference: event.currentTarget.value })}
        />
        <Textarea
          label="Remarks"
          autosize
          minRows={2}
          value={column.remarks}
          error={problems.remarks}
          onChange={(event) => onChange({ remarks: event.currentTarget.value })}
        />
        <div className={classes.planArea}>
          <RegistrationPlan column={column} />
        </div>
      </div>
    </Panel>
  )
}

/** People of the chosen client; the only one is chosen by itself. */
function ContactSelect({ column, problems, onChange }: SampleColumnProps): ReactElement {
  const contacts = useQuery(contactsQuery(column.client?.id))
  // a draft shows its contact before the others are read
  const options = contacts.data ?? (column.contact === null ? [] : [column.contact])
  const [only] = options
  const isToChoose =
    contacts.data !== undefined && column.client !== null && column.contact === null && options.length === 1
  useEffect(() => {
    if (isToChoose && only !== undefined) onChange({ contact: only })
  })
  return (
    <NativeSelect
      label="Contact"
      disabled={column.client === null}
      value={column.contact === null ? '' : String(column.contact.id)}
      error={problems.contact}
      data={[
        { value: '', label: column.client === null ? 'Choose the client first' : 'Choose a contact' },
        ...options.map(({ id, label }) => ({ value: String(id), label })),
      ]}
      onChange={(event) => {
        const id = Number(event.currentTarget.value)
        onChange({ contact: options.find((option) => option.id === id) ?? null })
      }}
    />
  )
}
