import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WireMetric } from '../../../../src/dialects/native/quality/report.schema.ts'
import { acceptDebt } from '../../api/quality/edits.ts'
import { DEBT_PROBLEMS } from '../../api/quality/words.ts'
import { Comment } from './Comment.tsx'
import { EditSwitch, EditTexts } from './EditChoice.tsx'
import { EditField } from './EditField.tsx'
import { useEdit, useEditing, useSaveAttribute } from './editing.ts'
import classes from './quality.module.css'

/** Debt that is accepted for a while: how much, until when, why, and the issues in which it is worked on. */
export function DebtTab({ metric }: { readonly metric: WireMetric }): ReactElement {
  const { mayEdit } = useEditing()
  const save = useSaveAttribute('metric', metric)
  const edit = useEdit()
  const unit = metric.scale === 'percentage' ? '%' : metric.unit
  return (
    <div className={classes.fields}>
      <EditSwitch
        label="Accept technical debt"
        description={metric.debtProblem === null ? undefined : DEBT_PROBLEMS[metric.debtProblem]}
        isOn={metric.acceptDebt}
        onSave={(isOn) => save('accept_debt', isOn)}
      />
      {mayEdit ? (
        <div className={classes.field}>
          <Button
            variant="default"
            onClick={() => void edit(() => acceptDebt(metric.id, true), 'Debt accepted as it stands.')}
          >
            Accept what is measured, with an end date
          </Button>
        </div>
      ) : null}
      <EditField
        label={`Debt target (${unit})`}
        kind={metric.scale === 'version_number' ? 'text' : 'number'}
        value={metric.debtTarget ?? ''}
        onSave={(value, force) => save('debt_target', value || null, force)}
      />
      <EditField
        label="Accepted until"
        kind="date"
        value={(metric.debtEndDate ?? '').slice(0, 10)}
        onSave={(value, force) => save('debt_end_date', value || null, force)}
      />
      <EditTexts
        label="Issues"
        description="Once all of them are done, the debt counts no longer"
        values={metric.issueIds}
        choices={[]}
        isOpen
        onSave={(ids) => save('issue_ids', ids)}
      />
      <div className={classes.wide}>
        {mayEdit ? (
          <EditField
            label="Comment, such as the reason"
            kind="long"
            value={metric.comment}
            onSave={(value, force) => save('comment', value, force)}
          />
        ) : (
          <Comment html={metric.comment} />
        )}
      </div>
    </div>
  )
}
