import { Button, Group, Modal, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { importReport } from '../../api/quality/edits.ts'
import { QUALITY_KEY } from '../../api/quality/reports.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { toast } from '../../ui/toasts.ts'

const LARGEST = 50_000_000

/** Takes a report that was exported here or on another server. It always becomes a report of its own. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [files, setFiles] = useState<readonly File[]>([])
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const client = useQueryClient()
  const router = useRouter()
  const [file] = files
  const take = async (): Promise<void> => {
    if (file === undefined) return setProblem('Choose the file of a report first.')
    setBusy(true)
    setProblem(undefined)
    try {
      const { id, hasLostCredentials } = await importReport(await file.text())
      await client.invalidateQueries({ queryKey: QUALITY_KEY })
      toast(
        hasLostCredentials
          ? 'Report imported. Its credentials were made for another server: enter them again.'
          : 'Report imported.',
        hasLostCredentials ? 'warn' : 'ok',
      )
      onClose()
      await router.navigate({ href: `/quality/${id}` })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title="Import report">
      <Stack gap={16}>
        <p>The file becomes a report of its own, beside those that are here already.</p>
        <FileDrop
          label="Report as JSON"
          accept=".json,application/json"
          files={files}
          onChange={setFiles}
          maxBytes={LARGEST}
        />
        {problem === undefined ? null : (
          <div role="alert" style={{ color: 'var(--ts-danger)' }}>
            {problem}
          </div>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={isBusy} onClick={() => void take()}>
            Import report
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
