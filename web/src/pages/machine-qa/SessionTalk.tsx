import { Button, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { WireSessionDetails } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { addSessionFiles } from '../../api/machine-qa/performing.ts'
import { commentSession, sessionDetailsQuery } from '../../api/machine-qa/sessions.ts'
import { FileDrop, formatBytes } from '../../ui/FileDrop.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { toastError } from '../../ui/toasts.ts'
import { CommentThread } from './CommentThread.tsx'
import classes from './results.module.css'

/** What was said about a session, and the files that belong to it as a whole. */
export function SessionTalk({ session }: { readonly session: WireSessionDetails }): ReactElement {
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const again = (): Promise<void> =>
    client.invalidateQueries({ queryKey: sessionDetailsQuery(String(session.id)).queryKey })
  const act = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    try {
      await work()
      await again()
    } catch (error) {
      toastError(what, error)
    } finally {
      setBusy(false)
    }
  }
  const say = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() === '') return
    void act('The comment was not stored', async () => {
      await commentSession(session.id, text.trim())
      setText('')
    })
  }
  const isLiving = session.voided === null
  return (
    <div className={classes.talk}>
      <Panel title="Comments">
        <div className={classes.column}>
          {session.comments.length === 0 ? <p className="ts-dim">Nobody has commented yet.</p> : null}
          <CommentThread comments={session.comments} />
          {isLiving ? (
            <form onSubmit={say} className={classes.column}>
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
          ) : null}
        </div>
      </Panel>
      <Panel title="Files">
        <div className={classes.column}>
          {session.attachments.map(({ id, href, label, mediaType, sizeBytes }) => (
            <a key={id} href={href} target="_blank" rel="noreferrer">
              {mediaType.startsWith('image/') ? <img src={href} alt="" className={classes.picture} /> : null}
              {label} <span className="ts-dim ts-num">{formatBytes(sizeBytes)}</span>
            </a>
          ))}
          {isLiving && session.rights.change ? (
            <FileDrop
              label="Add files"
              multiple
              files={[]}
              onChange={(files) =>
                void act('The files were not stored', () => addSessionFiles(session.id, files))
              }
            />
          ) : session.attachments.length === 0 ? (
            <p className="ts-dim">No files.</p>
          ) : null}
        </div>
      </Panel>
    </div>
  )
}
