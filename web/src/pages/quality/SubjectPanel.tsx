import { type ReactElement, useState } from 'react'
import type { WireSubject } from '../../../../src/dialects/native/quality/report.schema.ts'
import { AddItem } from './AddItem.tsx'
import { Comment } from './Comment.tsx'
import { useEditing } from './editing.ts'
import { ItemMenu } from './ItemMenu.tsx'
import { MetricTable } from './MetricTable.tsx'
import classes from './quality.module.css'
import type { PatchView, ReportView } from './report-view.ts'
import { SubjectConfiguration } from './SubjectConfiguration.tsx'

/** A subject with its metrics. */
export function SubjectPanel({
  subject,
  view,
  patch,
}: {
  readonly subject: WireSubject
  readonly view: ReportView
  readonly patch: PatchView
}): ReactElement {
  const { mayEdit, report } = useEditing()
  const [isOpen, setOpen] = useState(false)
  return (
    <section id={subject.id} className={classes.subject} aria-label={subject.name} tabIndex={-1}>
      <div className={classes.subjectHead}>
        <h2>{subject.name}</h2>
        <span className="ts-dim">{subject.subtitle || subject.typeName}</span>
        <span className={classes.subjectTools} data-print="hide">
          <button
            type="button"
            className={classes.textButton}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            Configuration<span className="ts-hidden"> of {subject.name}</span>
          </button>
          {mayEdit ? (
            <>
              <ItemMenu
                kind="subject"
                id={subject.id}
                name={subject.name}
                copyTo={[{ id: report.id, label: 'this report' }]}
                moveTo={[]}
              />
              <AddItem
                kind="metric"
                parentId={subject.id}
                label="Add metric"
                context={subject.name}
                subjectType={subject.type}
              />
            </>
          ) : null}
        </span>
      </div>
      <Comment html={subject.comment} />
      {isOpen ? <SubjectConfiguration subject={subject} /> : null}
      {subject.metrics.length === 0 ? (
        <p className={classes.none}>No metric yet.</p>
      ) : (
        <MetricTable subject={subject} view={view} patch={patch} />
      )}
    </section>
  )
}
