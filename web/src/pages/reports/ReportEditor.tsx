import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDownload, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import {
  changeReport,
  type FilterValues,
  issueDocument,
  type ReportChoice,
  type ReportFormat,
  type ReportKind,
  removeReport,
  reportFile,
  type SavedReport,
  saveReport,
} from '../../api/reports.ts'
import { usePermission } from '../../api/session.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { ReportFilters } from './ReportFilters.tsx'
import { ReportRuns } from './ReportRuns.tsx'
import { ReportSharing } from './ReportSharing.tsx'
import { ReportTable } from './ReportTable.tsx'
import classes from './reports.module.css'

export interface ReportEditorProps {
  readonly kind: ReportKind
  readonly initial: ReportChoice
  readonly saved?: SavedReport
}

/** A report: its filters, what it finds, as which file, and to whom it goes. Filters stand in the address. */
export function ReportEditor({ kind, initial, saved }: ReportEditorProps): ReactElement {
  const [{ filters: inAddress }, patch] = useUrlState()
  const [choice, setChoice] = useState<ReportChoice>(initial)
  const filters = parseFilters(inAddress) ?? initial.filters
  const report = { ...choice, filters }
  const save = useSave(report, saved)
  const problems = problemsOf(save.error)
  return (
    <>
      <PageHeader
        kind={kind.title}
        title={saved?.title ?? kind.title}
        crumbs={[{ label: 'Reports', to: '/reports' }]}
        facts={saved?.nextRunAt ? <NextRun at={saved.nextRunAt} /> : kind.description}
        actions={<Actions kind={kind} report={report} saved={saved} />}
        primary={<SaveButton save={save} saved={saved} />}
      />
      <div className={classes.columns}>
        <div className={classes.filters}>
          <Panel title="Filters">
            <ReportFilters
              filters={kind.filters}
              values={filters}
              onChange={(next) => patch({ filters: JSON.stringify(next) }, 'replace')}
              problems={filterProblems(problems)}
            />
          </Panel>
        </div>
        <div className={classes.sharing}>
          <Panel title="Title, paper and sending">
            <ReportSharing
              kind={kind}
              choice={report}
              onChange={(changes) => setChoice({ ...choice, ...changes })}
              problems={problems}
            />
          </Panel>
        </div>
        <div className={classes.found}>
          <ReportTable kind={kind.kind} filters={filters} />
          {saved === undefined ? null : <ReportRuns report={saved} />}
        </div>
      </div>
    </>
  )
}

function NextRun({ at }: { readonly at: string }): ReactElement {
  return (
    <>
      Sent next <RelativeTime at={at} />
    </>
  )
}

function parseFilters(text: string | undefined): FilterValues | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    // what of it makes no sense the server says beside the filter
    return typeof value === 'object' && value !== null ? (value as FilterValues) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function useSave(report: ReportChoice, saved: SavedReport | undefined) {
  const client = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: () =>
      saved === undefined ? saveReport(report) : changeReport(saved.id, saved.version, report),
    onSuccess: async (stored) => {
      await client.invalidateQueries({ queryKey: ['reports', 'saved'] })
      toast('Report saved.')
      await router.navigate({ href: `/reports/${stored.id}`, replace: saved !== undefined })
    },
    onError: (error) => {
      if (problemsOf(error).size === 0) toastError('The report was not saved', error)
    },
  })
}

function SaveButton({
  save,
  saved,
}: {
  readonly save: ReturnType<typeof useSave>
  readonly saved: SavedReport | undefined
}): ReactElement | null {
  const maySave = usePermission('reports.report.save')
  const mayManage = usePermission('reports.report.manage')
  if (!maySave || (saved !== undefined && !saved.isOwn && !mayManage)) return null
  return (
    <Button onClick={() => save.mutate()} loading={save.isPending}>
      {saved === undefined ? 'Save report' : 'Save changes'}
    </Button>
  )
}

interface ActionsProps {
  readonly kind: ReportKind
  readonly report: ReportChoice
  readonly saved: SavedReport | undefined
}

function Actions({ kind, report, saved }: ActionsProps): ReactElement {
  const download = useMutation({
    mutationFn: async (format: ReportFormat) => {
      const { visibility: _visibility, visibleTo: _visibleTo, schedule: _schedule, ...order } = report
      saveFile(`${report.title}.${format}`, await reportFile({ ...order, format }))
    },
    onError: (error) => toastError('The file was not made', error),
  })
  return (
    <>
      {saved === undefined ? null : <SavedActions saved={saved} />}
      <Menu>
        <Menu.Target>
          <Button
            variant="default"
            loading={download.isPending}
            leftSection={<IconDownload size={16} stroke={1.7} />}
            rightSection={<IconChevronDown size={14} stroke={1.7} />}
          >
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kind.formats.map((format) => (
            <Menu.Item key={format} onClick={() => download.mutate(format)}>
              {format.toUpperCase()}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

function SavedActions({ saved }: { readonly saved: SavedReport }): ReactElement {
  const [isAsking, setAsking] = useState(false)
  const mayIssue = usePermission('reports.document.issue')
  const client = useQueryClient()
  const router = useRouter()
  const issue = useMutation({
    mutationFn: () => issueDocument({ kind: 'reports.report', subjectId: String(saved.id) }),
    onSuccess: ({ label }) => {
      toast(`${label} issued.`)
      return router.navigate({ href: '/reports/documents' })
    },
    onError: (error) => toastError('The document was not issued', error),
  })
  return (
    <>
      {mayIssue ? (
        <Button variant="default" onClick={() => issue.mutate()} loading={issue.isPending}>
          Issue document
        </Button>
      ) : null}
      {saved.isOwn ? (
        <Button
          variant="default"
          leftSection={<IconTrash size={16} stroke={1.7} />}
          onClick={() => setAsking(true)}
        >
          Remove
        </Button>
      ) : null}
      {isAsking ? (
        <ConfirmWithReason
          title="Remove this report?"
          action="Remove report"
          reason="none"
          danger
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await removeReport(saved.id)
            await client.invalidateQueries({ queryKey: ['reports', 'saved'] })
            await router.navigate({ href: '/reports' })
          }}
        >
          It will not be sent any more. Documents that were issued from it stay.
        </ConfirmWithReason>
      ) : null}
    </>
  )
}

/** What the server says about fields, by field. */
function problemsOf(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof ApiError)) return new Map()
  if (error.kind === 'conflict' && error.message.includes('title')) return new Map([['title', error.message]])
  return new Map(error.problems.map(({ field, problem }) => [field, problem]))
}

function filterProblems(problems: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...problems].map(([field, problem]) => [field.replace('filters.', ''), problem]))
}
