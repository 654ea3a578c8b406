import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WirePerformingForm } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import classes from './banners.module.css'
import type { Performing } from './use-performing.ts'

/** What the person should know before going on: a found draft, sessions begun by others, action level reached. */
export function PerformBanners({
  form,
  performing,
  hasWarned,
}: {
  readonly form: WirePerformingForm
  readonly performing: Performing
  readonly hasWarned: boolean
}): ReactElement | null {
  const { evaluation, restoredAt } = performing
  const isAtAction = [...performing.rows.values()].some(({ passFail }) => passFail === 'action')
  const others = form.session === null ? form.inProgress : []
  return (
    <div className={classes.banners}>
      {hasWarned && isAtAction ? (
        <p className={classes.banner} data-token="act">
          <StatusIcon token="act" size={18} />
          <strong>{form.list.warningMessage}</strong>
        </p>
      ) : null}
      {restoredAt === undefined ? null : (
        <p className={classes.banner}>
          <StatusIcon token="todo" size={18} />
          <span>
            Goes on from your draft of <RelativeTime at={restoredAt} />
          </span>
          <Button variant="subtle" size="compact-sm" onClick={performing.discard}>
            Discard draft
          </Button>
        </p>
      )}
      {others.map(({ id, startedAt, by }) => (
        <p key={id} className={classes.banner}>
          <StatusIcon token="todo" size={18} />
          <span>
            {by ?? 'Somebody'} began this list <RelativeTime at={startedAt} />
          </span>
          <AppLink to={`/machine-qa/sessions/${id}/edit`}>Continue that session</AppLink>
        </p>
      ))}
      {evaluation.problem === undefined ? null : (
        <p className={classes.banner} role="status">
          <StatusIcon token="unknown" size={18} />
          <span>Nothing can be calculated at the moment: {evaluation.problem}</span>
        </p>
      )}
    </div>
  )
}
