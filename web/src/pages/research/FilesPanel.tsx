import { Button } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { WireFile } from '../../../../src/dialects/native/research/research.schema.ts'
import { attachFile, type FileOwner } from '../../api/research/files.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { FileDrop, formatBytes } from '../../ui/FileDrop.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast, toastError } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { FilePreviewPanel } from './FilePreviewPanel.tsx'
import classes from './research.module.css'

export interface FilesPanelProps {
  readonly owner: FileOwner
  readonly files: readonly WireFile[]
  readonly mayAdd: boolean
  readonly onAdded: () => Promise<unknown>
}

/** Files of a sample or experiment; the chosen one is shown below. */
export function FilesPanel({ owner, files, mayAdd, onAdded }: FilesPanelProps): ReactElement {
  const [search, patch] = useUrlState()
  const shown = files.find(({ id }) => String(id) === search.file)
  return (
    <div className={classes.stack}>
      {mayAdd ? <AttachFiles owner={owner} onAdded={onAdded} /> : null}
      <Panel title="Files" padding="flush">
        {files.length === 0 ? <EmptyNote>No file is attached.</EmptyNote> : null}
        <ul className={classes.rows}>
          {files.map((file) => (
            <li key={file.id}>
              <a href={file.href} download={file.name} className={classes.rowLink}>
                {file.name}
              </a>
              <span className="ts-dim ts-num">
                {formatBytes(file.size)}
                {file.current ? '' : ', replaced'}
              </span>
              <RelativeTime at={file.createdAt} hint="tooltip" />
              <Button
                variant={file === shown ? 'light' : 'default'}
                size="compact-sm"
                aria-pressed={file === shown}
                aria-label={`Show ${file.name}`}
                onClick={() => patch({ file: file === shown ? undefined : String(file.id) })}
              >
                Show
              </Button>
            </li>
          ))}
        </ul>
      </Panel>
      {shown === undefined ? null : <FilePreviewPanel key={shown.id} file={shown} />}
    </div>
  )
}

function AttachFiles({
  owner,
  onAdded,
}: {
  readonly owner: FileOwner
  readonly onAdded: () => Promise<unknown>
}): ReactElement {
  const [files, setFiles] = useState<readonly File[]>([])
  const [isBusy, setBusy] = useState(false)
  const attach = async (): Promise<void> => {
    setBusy(true)
    let left = files
    try {
      for (const file of files) {
        await attachFile(owner, file)
        left = left.filter((other) => other !== file)
      }
      toast(files.length === 1 ? 'File attached.' : `${files.length} files attached.`)
    } catch (error) {
      toastError(`${left[0]?.name ?? 'File'} not attached`, error)
    } finally {
      setFiles(left)
      await onAdded()
      setBusy(false)
    }
  }
  return (
    <div className={classes.files}>
      <FileDrop label="Files to attach" files={files} onChange={setFiles} multiple />
      {files.length === 0 ? null : (
        <div>
          <Button loading={isBusy} onClick={() => void attach()}>
            Attach {files.length === 1 ? 'file' : `${files.length} files`}
          </Button>
        </div>
      )}
    </div>
  )
}
