import { ActionIcon, Loader } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { ReadFile } from '../../api/dicom/read-files.ts'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './reader.module.css'
import type { Stack } from './stacks.ts'

export interface FileListProps {
  readonly files: readonly ReadFile[]
  readonly stacks: readonly Stack[]
  readonly current: string | undefined
  readonly onChoose: (key: string) => void
  readonly onRemove: (key: string) => void
}

/** What was dropped and what came of it, then the stacks that can be looked at. */
export function FileList({ files, stacks, current, onChoose, onRemove }: FileListProps): ReactElement | null {
  if (files.length === 0) return null
  return (
    <>
      <ul className={classes.files} aria-label="Files">
        {files.map((file) => (
          <li key={file.key}>
            <div className={classes.file}>
              <span className={classes.name}>{file.name}</span>
              <FileState file={file} />
              <ActionIcon size="sm" aria-label={`Remove ${file.name}`} onClick={() => onRemove(file.key)}>
                <IconTrash size={16} stroke={1.7} />
              </ActionIcon>
            </div>
            {file.problem === null ? null : (
              <p className={classes.problem} role="alert">
                {file.problem}
              </p>
            )}
            {file.skipped.length === 0 ? null : <Skipped skipped={file.skipped} />}
          </li>
        ))}
      </ul>
      {stacks.length === 0 ? null : (
        <ul className={classes.stacks} aria-label="Contents">
          {stacks.map((stack) => (
            <li key={stack.key}>
              <button
                type="button"
                className={classes.stack}
                aria-current={stack.key === current}
                onClick={() => onChoose(stack.key)}
              >
                <span className={classes.stackTitle}>{stack.title}</span>
                <span className={classes.detail}>{stack.detail}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function FileState({ file }: { readonly file: ReadFile }): ReactElement {
  switch (file.state) {
    case 'reading':
      return (
        <span className={classes.reading} role="status">
          <Loader size={14} /> reading
        </span>
      )
    case 'failed':
      return <StatusChip token="act">refused</StatusChip>
    case 'read':
      return <StatusChip token="ok">read</StatusChip>
  }
}

/** Entries of an archive that are no DICOM. */
function Skipped({ skipped }: { readonly skipped: ReadFile['skipped'] }): ReactElement {
  return (
    <details className={classes.skipped}>
      <summary>
        {skipped.length === 1 ? '1 entry passed over' : `${skipped.length} entries passed over`}
      </summary>
      <ul>
        {skipped.map(({ name, reason }) => (
          <li key={name}>
            {name}: {reason}
          </li>
        ))}
      </ul>
    </details>
  )
}
