import { Button, Textarea } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { FileDrop, formatBytes } from './FileDrop.tsx'
import { Panel } from './Panel.tsx'
import { RelativeTime } from './RelativeTime.tsx'
import classes from './Talk.module.css'
import { toastError } from './toasts.ts'

export interface Remark {
  readonly id: number
  readonly at: string
  readonly by: string | null
  readonly text: string
}

export interface TalkFile {
  readonly id: number
  readonly label: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly href: string
}

/** Who said what about a thing, oldest first, and a field to say more where one may. */
export function Remarks({
  remarks,
  onSay,
}: {
  readonly remarks: readonly Remark[]
  readonly onSay?: (text: string) => Promise<void>
}): ReactElement {
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const say = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (text.trim() === '' || onSay === undefined) return
    setBusy(true)
    try {
      await onSay(text.trim())
      setText('')
    } catch (error) {
      toastError('The comment was not stored', error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel title="Comments">
      <div className={classes.column}>
        {remarks.length === 0 ? <p className="ts-dim">Nobody has commented yet.</p> : null}
        <ol className={classes.thread} aria-label="Comments">
          {remarks.map(({ id, at, by, text: said }) => (
            <li key={id}>
              <p className={classes.head}>
                <strong>{by ?? 'Unknown'}</strong>
                <span className="ts-dim">
                  {' '}
                  · <RelativeTime at={at} />
                </span>
              </p>
              <p className={classes.text}>{said}</p>
            </li>
          ))}
        </ol>
        {onSay === undefined ? null : (
          <form onSubmit={(event) => void say(event)} className={classes.column}>
            <Textarea
              label="Your comment"
              value={text}
              autosize
              minRows={2}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <div>
              <Button type="submit" variant="default" loading={isBusy}>
                Add comment
              </Button>
            </div>
          </form>
        )}
      </div>
    </Panel>
  )
}

/** The files of a thing, and a place to drop more where one may. */
export function Files({
  title = 'Files',
  files,
  onAdd,
  onRemove,
}: {
  readonly title?: string
  readonly files: readonly TalkFile[]
  readonly onAdd?: (files: readonly File[]) => Promise<void>
  readonly onRemove?: (file: TalkFile) => void
}): ReactElement {
  const add = async (added: readonly File[]): Promise<void> => {
    try {
      await onAdd?.(added)
    } catch (error) {
      toastError('The files were not stored', error)
    }
  }
  return (
    <Panel title={title}>
      <div className={classes.column}>
        {files.length === 0 ? <p className="ts-dim">No files yet.</p> : null}
        {files.map((file) => (
          <div key={file.id} className={classes.file}>
            <a href={file.href} target="_blank" rel="noreferrer">
              {file.mediaType.startsWith('image/') ? (
                <img src={file.href} alt="" className={classes.picture} />
              ) : null}
              {file.label}
            </a>
            <span className="ts-dim ts-num">{formatBytes(file.sizeBytes)}</span>
            {onRemove === undefined ? null : (
              <Button size="compact-sm" variant="subtle" onClick={() => onRemove(file)}>
                Remove <span className="ts-hidden">{file.label}</span>
              </Button>
            )}
          </div>
        ))}
        {onAdd === undefined ? null : (
          <FileDrop label="Add files" multiple files={[]} onChange={(added) => void add(added)} />
        )}
      </div>
    </Panel>
  )
}
