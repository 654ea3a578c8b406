import type { ReactElement } from 'react'
import type { WireSubject } from '../../../../src/dialects/native/quality/report.schema.ts'
import { ChangesTab } from './ChangesTab.tsx'
import { EditChoice } from './EditChoice.tsx'
import { EditField } from './EditField.tsx'
import { useEditing, useSaveAttribute } from './editing.ts'
import classes from './quality.module.css'

export function SubjectConfiguration({ subject }: { readonly subject: WireSubject }): ReactElement {
  const { catalogue } = useEditing()
  const save = useSaveAttribute('subject', subject)
  const own = (name: string): string => String(subject.attributes[name] ?? '')
  return (
    <div className={classes.tabPanel}>
      <div className={classes.fields}>
        <EditChoice
          label="Type"
          value={subject.type}
          choices={(catalogue?.subjects ?? []).map(({ key, name }) => ({ value: key, label: name }))}
          onSave={(value) => save('type', value)}
        />
        <EditField
          label="Name"
          value={own('name')}
          placeholder={subject.typeName}
          onSave={(value, force) => save('name', value || null, force)}
        />
        <EditField
          label="Subtitle"
          value={own('subtitle')}
          onSave={(value, force) => save('subtitle', value, force)}
        />
        <div className={classes.wide}>
          <EditField
            label="Comment"
            kind="long"
            value={subject.comment}
            onSave={(value, force) => save('comment', value, force)}
          />
        </div>
      </div>
      <ChangesTab itemId={subject.id} />
    </div>
  )
}
