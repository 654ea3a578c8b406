import { Button, Group, Modal, Progress } from '@mantine/core'
import { type ReactElement, useEffect } from 'react'
import { AppLink } from '../../ui/AppLink.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './studies.module.css'
import { countResults, type Upload, useUploads } from './use-uploads.ts'

export interface UploadDialogProps {
  /** Files that were dropped on the page; may be none. */
  readonly files: readonly File[]
  readonly onClose: () => void
}

/** Stores files and archives, one after the other, each with its progress and what came of it. */
export function UploadDialog({ files, onClose }: UploadDialogProps): ReactElement {
  const { uploads, add, isRunning } = useUploads()
  useEffect(() => add(files), [add, files])
  const { stored, duplicates, refused, skipped } = countResults(uploads)
  return (
    <Modal opened onClose={onClose} title="Upload images" size={640} closeOnClickOutside={!isRunning}>
      <FileDrop label="DICOM files or ZIP archives" files={NONE} onChange={add} multiple />
      {uploads.length === 0 ? null : (
        <>
          <p className={classes.counts} aria-live="polite">
            {isRunning ? 'Uploading. ' : 'Done. '}
            {`${stored} stored, ${duplicates} there already, ${refused + skipped} not taken.`}
          </p>
          <ul className={classes.uploads} aria-label="Uploads">
            {uploads.map((upload) => (
              <UploadRow key={upload.key} upload={upload} />
            ))}
          </ul>
        </>
      )}
      <Group justify="flex-end" mt={16}>
        <Button variant={uploads.length === 0 || isRunning ? 'default' : 'filled'} onClick={onClose}>
          {isRunning ? 'Stop and close' : 'Close'}
        </Button>
      </Group>
    </Modal>
  )
}

const NONE: readonly File[] = []

function UploadRow({ upload }: { readonly upload: Upload }): ReactElement {
  const { name, state, sent, problem, results } = upload
  const bad = results.filter((result) => result.outcome === 'refused' || result.outcome === 'skipped')
  const good = results.length - bad.length
  const study = results.find((result) => 'studyUid' in result)
  return (
    <li className={classes.upload}>
      <div className={classes.uploadHead}>
        <span className={classes.uploadName}>{name}</span>
        <UploadState upload={upload} good={good} />
        {study !== undefined && 'studyUid' in study ? (
          <AppLink to={`/dicom/studies/${study.studyUid}`}>Open study</AppLink>
        ) : null}
      </div>
      {state === 'sending' ? <Progress value={sent * 100} aria-label={`${name} sent`} size="sm" /> : null}
      {problem === null ? null : <p className={classes.problem}>{problem}</p>}
      {bad.length === 0 ? null : (
        <details className={classes.refused} open={results.length === 1}>
          <summary>{bad.length === 1 ? '1 file not taken' : `${bad.length} files not taken`}</summary>
          <ul>
            {bad.map((result) => (
              <li key={result.name}>
                {result.name}: {'reason' in result ? result.reason : ''}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function UploadState({ upload, good }: { readonly upload: Upload; readonly good: number }): ReactElement {
  const { state, sent, results } = upload
  if (state === 'waiting') return <StatusChip token="todo">waiting</StatusChip>
  if (state === 'sending') {
    return <span className="ts-dim ts-num">{sent < 1 ? `${Math.round(sent * 100)} %` : 'taking in'}</span>
  }
  if (state === 'failed' || good === 0) return <StatusChip token="act">not taken</StatusChip>
  if (results.every(({ outcome }) => outcome === 'duplicate')) {
    return <StatusChip token="none">there already</StatusChip>
  }
  if (good < results.length) return <StatusChip token="warn">{good} stored</StatusChip>
  return <StatusChip token="ok">{good === 1 ? 'stored' : `${good} stored`}</StatusChip>
}
