import { Input, NativeSelect, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useId } from 'react'
import type { ReportChoice, ReportKind } from '../../api/reports.ts'
import { usePermission } from '../../api/session.ts'
import { RecurrenceField } from '../../ui/RecurrenceField.tsx'
import { ReferencesSelect } from '../../ui/ReferenceSelect.tsx'
import { useReferenceSource } from '../../ui/reference-source.ts'
import { QUARTERS, VISIBILITIES } from './schedule-words.ts'

type Schedule = NonNullable<ReportChoice['schedule']>

export interface ReportSharingProps {
  readonly kind: ReportKind
  readonly choice: ReportChoice
  readonly onChange: (changes: Partial<ReportChoice>) => void
  /** by field */
  readonly problems: ReadonlyMap<string, string>
}

const EVERY_MONDAY: Schedule = {
  recurrence: 'RRULE:FREQ=WEEKLY;BYDAY=MO',
  minuteOfDay: 420,
  groupIds: [],
  userIds: [],
  addresses: [],
  sendEmpty: false,
}

/** Under which title a report is kept, who sees it, and to whom it is sent when. */
export function ReportSharing({ kind, choice, onChange, problems }: ReportSharingProps): ReactElement {
  const maySchedule = usePermission('reports.report.schedule')
  const { schedule } = choice
  return (
    <Stack gap={16} maw={560}>
      <TextInput
        label="Title"
        value={choice.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        error={problems.get('title')}
      />
      <NativeSelect
        label="Format"
        data={kind.formats.map((format) => ({ value: format, label: format.toUpperCase() }))}
        value={choice.format}
        onChange={(event) => {
          const format = kind.formats.find((each) => each === event.currentTarget.value)
          if (format) onChange({ format })
        }}
      />
      <Textarea
        label="Note"
        description="Stands before the table on paper."
        autosize
        minRows={2}
        value={choice.notes[0]?.text ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange({ notes: value === '' ? [] : [{ heading: '', text: value }] })
        }}
      />
      <Switch
        label="A line to sign on"
        checked={choice.signature}
        onChange={(event) => onChange({ signature: event.currentTarget.checked })}
      />
      <Select
        label="Seen by"
        allowDeselect={false}
        data={VISIBILITIES}
        value={choice.visibility}
        onChange={(value) => {
          if (value === 'owner' || value === 'groups' || value === 'everybody')
            onChange({ visibility: value })
        }}
      />
      {choice.visibility === 'groups' ? (
        <People
          label="Groups that see it"
          record="access.group"
          value={choice.visibleTo}
          onChange={(visibleTo) => onChange({ visibleTo })}
          error={problems.get('visibleTo')}
        />
      ) : null}
      {maySchedule ? (
        <Switch
          label="Sent by mail"
          checked={schedule !== null}
          onChange={(event) => onChange({ schedule: event.currentTarget.checked ? EVERY_MONDAY : null })}
        />
      ) : null}
      {schedule === null ? null : (
        <ScheduleFields
          schedule={schedule}
          onChange={(changes) => onChange({ schedule: { ...schedule, ...changes } })}
          problems={problems}
        />
      )}
    </Stack>
  )
}

interface ScheduleFieldsProps {
  readonly schedule: Schedule
  readonly onChange: (changes: Partial<Schedule>) => void
  readonly problems: ReadonlyMap<string, string>
}

function ScheduleFields({ schedule, onChange, problems }: ScheduleFieldsProps): ReactElement {
  const id = useId()
  return (
    <>
      <RecurrenceField
        id={id}
        label="On"
        error={problems.get('schedule.recurrence')}
        value={schedule.recurrence}
        onChange={(recurrence) => onChange({ recurrence })}
        onBlur={() => undefined}
      />
      <NativeSelect
        label="At"
        description="By the clocks of the site."
        data={[...QUARTERS]}
        value={String(schedule.minuteOfDay)}
        onChange={(event) => onChange({ minuteOfDay: Number(event.currentTarget.value) })}
        w={160}
      />
      <People
        label="To groups"
        record="access.group"
        value={schedule.groupIds}
        onChange={(groupIds) => onChange({ groupIds })}
      />
      <People
        label="To people"
        record="access.user"
        value={schedule.userIds}
        onChange={(userIds) => onChange({ userIds })}
      />
      <Textarea
        label="To other addresses"
        description="One on each line."
        autosize
        minRows={1}
        defaultValue={schedule.addresses.join('\n')}
        onChange={(event) =>
          onChange({ addresses: event.currentTarget.value.split(/[\s,;]+/).filter(Boolean) })
        }
        error={problems.get('schedule.addresses')}
      />
      {problems.has('schedule') ? <Input.Error>{problems.get('schedule')}</Input.Error> : null}
      <Switch
        label="Also when there is nothing to report"
        checked={schedule.sendEmpty}
        onChange={(event) => onChange({ sendEmpty: event.currentTarget.checked })}
      />
    </>
  )
}

interface PeopleProps {
  readonly label: string
  readonly record: string
  readonly value: readonly number[]
  readonly onChange: (ids: readonly number[]) => void
  readonly error?: string | undefined
}

function People({ label, record, value, onChange, error }: PeopleProps): ReactElement {
  const source = useReferenceSource()
  const known = useQuery({
    queryKey: ['reference', record, 'by-ids', value],
    queryFn: ({ signal }) => source.byIds(record, value, signal),
    enabled: value.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const labels = new Map(known.data?.map((option) => [option.id, option.label]))
  return (
    <ReferencesSelect
      target={record}
      label={label}
      value={value.map((id) => ({ id, label: labels.get(id) ?? String(id) }))}
      onChange={(chosen) => onChange(chosen.map((option) => option.id))}
      error={error}
    />
  )
}
