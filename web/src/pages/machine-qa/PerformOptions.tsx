import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WirePerformingForm } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { useSiteZone } from '../../ui/site.ts'
import { wallClock } from '../../ui/site-time.ts'
import { CommentThread } from './CommentThread.tsx'
import classes from './performing.module.css'
import type { Performing } from './use-performing.ts'

/** What is said about the session as a whole. */
export function PerformOptions({
  form,
  performing,
  files,
  onFiles,
}: {
  readonly form: WirePerformingForm
  readonly performing: Performing
  readonly files: readonly File[]
  readonly onFiles: (files: readonly File[]) => void
}): ReactElement {
  const zone = useSiteZone()
  const { words, patchWords, startedAt } = performing
  return (
    <section className={classes.options} aria-label="Session">
      <div className={classes.column}>
        <Textarea
          label="Comment on the session"
          value={words.comment}
          autosize
          minRows={2}
          onChange={(event) => patchWords({ comment: event.currentTarget.value })}
        />
        {form.comments.length === 0 ? null : <CommentThread comments={form.comments} />}
        <FileDrop label="Files of the session" multiple files={files} onChange={onFiles} />
      </div>
      <div className={classes.column}>
        {form.rights.overrideDate ? (
          <>
            <TextInput
              type="datetime-local"
              label="Work started"
              value={words.workStarted === '' ? wallClock(startedAt, zone) : words.workStarted}
              onChange={(event) => patchWords({ workStarted: event.currentTarget.value })}
            />
            <TextInput
              type="datetime-local"
              label="Work completed"
              description="Empty: when the session is submitted"
              value={words.workCompleted}
              onChange={(event) => patchWords({ workCompleted: event.currentTarget.value })}
            />
          </>
        ) : null}
        {form.rights.chooseStatus && form.statuses.length > 0 ? (
          <NativeSelect
            label="Status of the results"
            value={words.statusId === null ? '' : String(words.statusId)}
            onChange={(event) => {
              const { value } = event.currentTarget
              patchWords({ statusId: value === '' ? null : Number(value) })
            }}
            data={[
              { value: '', label: 'As the rules decide' },
              ...form.statuses.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
        ) : null}
        <Checkbox
          label="Counts for the due date"
          checked={words.includeForScheduling}
          onChange={(event) => patchWords({ includeForScheduling: event.currentTarget.checked })}
        />
      </div>
    </section>
  )
}
