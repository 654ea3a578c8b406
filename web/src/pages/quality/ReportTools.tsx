import { Button, Checkbox, Divider, Popover, Select, Stack, TextInput } from '@mantine/core'
import { IconColumns3, IconSearch } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { DateTravel } from './DateTravel.tsx'
import { METRIC_COLUMNS } from './metric-columns.ts'
import classes from './quality.module.css'
import type { PatchView, ReportView } from './report-view.ts'

const SHOWN = [
  { value: 'none', label: 'All metrics' },
  { value: 'no_action_needed', label: 'Needs action' },
  { value: 'no_issues', label: 'With issues' },
  { value: 'all', label: 'Cards only' },
]

/** What of the report is shown; all of it in the address, so that a link shows the same. */
export function ReportTools({
  view,
  patch,
  shown,
  total,
}: {
  readonly view: ReportView
  readonly patch: PatchView
  readonly shown: number
  readonly total: number
}): ReactElement {
  const toggle = (id: string): void => {
    const hidden = METRIC_COLUMNS.map((column) => column.id).filter(
      (each) => view.hiddenColumns.includes(each) !== (each === id),
    )
    patch({ hidden_columns: hidden.join(',') || undefined })
  }
  return (
    <div className={classes.tools} data-print="hide">
      <TextInput
        aria-label="Search metrics"
        placeholder="Search metrics"
        leftSection={<IconSearch size={16} />}
        value={view.search}
        onChange={(event) => patch({ q: event.currentTarget.value || undefined })}
      />
      <Select
        aria-label="Which metrics"
        data={SHOWN}
        value={view.hide}
        allowDeselect={false}
        onChange={(value) => patch({ metrics_to_hide: value === 'none' ? undefined : (value ?? undefined) })}
      />
      <Popover position="bottom-start" width={240} trapFocus returnFocus>
        <Popover.Target>
          <Button variant="default" leftSection={<IconColumns3 size={17} stroke={1.7} />}>
            Columns
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Columns">
          <Stack gap={10}>
            {METRIC_COLUMNS.map(({ id, header }) => (
              <Checkbox
                key={id}
                label={header}
                checked={!view.hiddenColumns.includes(id)}
                onChange={() => toggle(id)}
              />
            ))}
            <Divider />
            <Checkbox
              label="Hide empty columns"
              checked={view.hideEmpty}
              onChange={() => patch({ hide_empty_columns: view.hideEmpty ? undefined : 'true' })}
            />
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <DateTravel date={view.date} onTravel={(date) => patch({ report_date: date })} />
      {view.tabs.size === 0 ? null : (
        <Button variant="default" onClick={() => patch({ tabs: undefined, expanded: undefined })}>
          Close all
        </Button>
      )}
      {view.hiddenTags.length === 0 ? null : (
        <Button variant="default" onClick={() => patch({ hidden_tags: undefined })}>
          All tags
        </Button>
      )}
      <span className={classes.shown} aria-live="polite">
        {shown === total ? '' : `${shown} of ${total} metrics`}
      </span>
    </div>
  )
}
