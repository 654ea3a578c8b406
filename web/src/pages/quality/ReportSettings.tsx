import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { WireReport } from '../../../../src/dialects/native/quality/report.schema.ts'
import { deleteItem, restoreDeletion } from '../../api/quality/edits.ts'
import { deletionsQuery } from '../../api/quality/reports.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { ChangesTab } from './ChangesTab.tsx'
import { EditField } from './EditField.tsx'
import { useEdit, useEditing, useReread, useSaveAttribute } from './editing.ts'
import classes from './quality.module.css'

const TIMES = [
  { key: 'unknown', label: 'Unknown' },
  { key: 'target_not_met', label: 'Target not met' },
  { key: 'near_target_met', label: 'Near target' },
  { key: 'debt_target_met', label: 'Debt accepted' },
] as const

/** Below a report: its words, how soon somebody reacts, what was removed, what was changed. */
export function ReportSettings({ report }: { readonly report: WireReport }): ReactElement {
  const { mayEdit } = useEditing()
  const [open, setOpen] = useState<'configuration' | 'removed' | 'changes'>()
  const tab = (name: 'configuration' | 'removed' | 'changes', label: string): ReactElement => (
    <Button
      variant="default"
      aria-expanded={open === name}
      onClick={() => setOpen(open === name ? undefined : name)}
    >
      {label}
    </Button>
  )
  return (
    <section className={classes.settings} aria-label="About this report" data-print="hide">
      <div className={classes.tools}>
        {tab('configuration', 'Report configuration')}
        {mayEdit ? tab('removed', 'Removed items') : null}
        {tab('changes', 'Changelog')}
      </div>
      {open === 'configuration' ? <Configuration report={report} /> : null}
      {open === 'removed' ? <Removed report={report} /> : null}
      {open === 'changes' ? <ChangesTab itemId={report.id} /> : null}
    </section>
  )
}

function Configuration({ report }: { readonly report: WireReport }): ReactElement {
  const { mayEdit } = useEditing()
  const router = useRouter()
  const reread = useReread()
  const save = useSaveAttribute('report', report)
  const [isRemoving, setRemoving] = useState(false)
  return (
    <div className={classes.fields}>
      <EditField label="Title" value={report.title} onSave={(value, force) => save('title', value, force)} />
      <EditField
        label="Subtitle"
        value={report.subtitle}
        onSave={(value, force) => save('subtitle', value, force)}
      />
      <div className={classes.wide}>
        <EditField
          label="Comment"
          kind="long"
          value={report.comment}
          onSave={(value, force) => save('comment', value, force)}
        />
      </div>
      {TIMES.map(({ key, label }) => (
        <EditField
          key={key}
          label={`Time to react: ${label.toLocaleLowerCase()} (days)`}
          kind="number"
          value={String(report.responseTimes[key] ?? '')}
          onSave={(value, force) =>
            save(
              'desired_response_times',
              { ...report.responseTimes, [key]: value === '' ? null : Number(value) },
              force,
            )
          }
        />
      ))}
      {mayEdit ? (
        <div className={classes.wide}>
          <Button variant="default" color="red" onClick={() => setRemoving(true)}>
            Remove report
          </Button>
        </div>
      ) : null}
      {isRemoving ? (
        <ConfirmWithReason
          title={`Remove ${report.title}?`}
          action="Remove report"
          reason="none"
          danger
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await deleteItem('report', report.id)
            await router.navigate({ href: '/quality' })
            await reread()
          }}
        >
          Nobody sees it any more, except those who travel back in time.
        </ConfirmWithReason>
      ) : null}
    </div>
  )
}

function Removed({ report }: { readonly report: WireReport }): ReactElement {
  const deletions = useQuery(deletionsQuery(report.id))
  const edit = useEdit()
  if (deletions.isError && deletions.data === undefined)
    return <ErrorPanel error={deletions.error} onRetry={() => void deletions.refetch()} />
  if (deletions.data === undefined) return <Skeleton height={120} radius="md" />
  if (deletions.data.items.length === 0) return <p className={classes.none}>Nothing was removed.</p>
  return (
    <ol className={classes.changes}>
      {deletions.data.items.map(({ id, at, description, isRestorable }) => (
        <li key={id}>
          <span>{description}</span>
          <RelativeTime at={at} />
          {isRestorable ? (
            <Button variant="default" onClick={() => void edit(() => restoreDeletion(id), 'Restored.')}>
              Restore
            </Button>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
