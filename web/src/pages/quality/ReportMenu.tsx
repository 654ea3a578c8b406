import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { WireReport } from '../../../../src/dialects/native/quality/report.schema.ts'
import { copyReport } from '../../api/quality/edits.ts'
import { saveFile } from '../../ui/save-file.ts'
import { useEdit } from './editing.ts'
import { reportCsv } from './report-csv.ts'

/** A report as a file, and copies of it. The PDF shows what the page shows. */
export function ReportMenu({
  report,
  date,
}: {
  readonly report: WireReport
  readonly date: string | undefined
}): ReactElement {
  const edit = useEdit()
  const router = useRouter()
  const savePdf = (): void => {
    const shown = new URLSearchParams(window.location.search)
    shown.set('report_url', window.location.href)
    saveFile(`${report.title}.pdf`, `/api/v3/report/${report.id}/pdf?${shown}`)
  }
  const copy = async (): Promise<void> => {
    const { id } = await copyReport(report.id)
    await router.navigate({ href: `/quality/${id}` })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={17} stroke={1.7} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={savePdf}>PDF of what is shown</Menu.Item>
        <Menu.Item
          onClick={() =>
            saveFile(`${report.title}.csv`, new Blob([reportCsv(report)], { type: 'text/csv;charset=utf-8' }))
          }
        >
          CSV of all metrics
        </Menu.Item>
        {date === undefined ? (
          <Menu.Item onClick={() => saveFile(`${report.title}.json`, `/api/v3/report/${report.id}/json`)}>
            JSON for this or another server
          </Menu.Item>
        ) : null}
        {report.mayEdit ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void edit(copy, 'Report copied.')}>Copy report</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
