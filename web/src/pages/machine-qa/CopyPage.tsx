import { Button, Checkbox, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import {
  copyAssignments,
  copyReferences,
  qaRecordQuery,
  qaRecordsQuery,
} from '../../api/machine-qa/configuration.ts'
import type { RecordRow } from '../../api/records.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReferencesSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import classes from './test.module.css'
import { referenceLabel } from './UnitReferences.tsx'

const MOST = 500

const COLUMNS: readonly TableColumn<RecordRow>[] = [
  { id: 'name', header: 'Assignment', cell: (row) => String(row.name) },
  { id: 'frequency', header: 'Frequency', cell: (row) => referenceLabel(row.frequency) },
  { id: 'assignedTo', header: 'Assigned to', cell: (row) => referenceLabel(row.assignedTo) },
]

/** Copies assignments of a unit to others, with the references and tolerances of their tests where wanted. */
export function CopyPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const client = useQueryClient()
  const unit = useQuery(qaRecordQuery('units', id))
  const assignments = useQuery(qaRecordsQuery('assignments', { unit: id, limit: MOST }))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [targets, setTargets] = useState<readonly ReferenceOption[]>([])
  const [withReferences, setWithReferences] = useState(true)
  const [comment, setComment] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  const copy = async (): Promise<void> => {
    const found = problemOf(selected, targets, withReferences && comment.trim() === '')
    setProblem(found)
    if (found !== undefined) return
    setBusy(true)
    try {
      const unitIds = targets.map((target) => target.id)
      const { made, existing } = await copyAssignments({
        assignmentIds: [...selected].map(Number),
        unitIds,
      })
      let changed = 0
      for (const toUnitId of withReferences ? unitIds : []) {
        const answer = await copyReferences({ fromUnitId: Number(id), toUnitId, comment: comment.trim() })
        changed += answer.changed
      }
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      await client.invalidateQueries({ queryKey: ['list'] })
      toast(`${made} assignments made, ${existing} were there already, ${changed} references set.`)
    } catch (error) {
      toastError('Nothing more was copied', error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <PageHeader
        title="Copy to other units"
        kind={String(unit.data?.name ?? 'Unit')}
        crumbs={[
          { label: 'Administration', to: '/admin' },
          { label: String(unit.data?.name ?? 'Unit'), to: `/admin/machine-qa.unit/${id}` },
        ]}
        facts="The lists are assigned with the same frequency and for the same groups; they are due once they were performed."
      />
      <div className={classes.parts}>
        <Panel title="Assignments" padding="flush">
          <DataTable<RecordRow>
            label="Assignments"
            columns={COLUMNS}
            rows={assignments.data?.items}
            rowKey={(row) => String(row.id)}
            selected={selected}
            onSelect={setSelected}
            empty={<EmptyNote>Nothing is assigned to this unit.</EmptyNote>}
          />
        </Panel>
        <div className={classes.form} style={{ maxWidth: 560 }}>
          <ReferencesSelect
            target="machine-qa.unit"
            label="To these units"
            value={targets}
            onChange={setTargets}
          />
          <Checkbox
            label="With references and tolerances"
            checked={withReferences}
            onChange={(event) => setWithReferences(event.currentTarget.checked)}
          />
          {withReferences ? (
            <Textarea
              label="Why"
              description="Kept in the history of every reference"
              value={comment}
              autosize
              minRows={2}
              onChange={(event) => setComment(event.currentTarget.value)}
            />
          ) : null}
          {problem === undefined ? null : (
            <p role="alert" style={{ color: 'var(--ts-danger)', margin: 0 }}>
              {problem}
            </p>
          )}
          <div>
            <Button loading={isBusy} onClick={() => void copy()}>
              Copy assignments
            </Button>
          </div>
        </div>
      </div>
    </>
  )
}

function problemOf(
  selected: ReadonlySet<string>,
  targets: readonly ReferenceOption[],
  lacksComment: boolean,
): string | undefined {
  if (selected.size === 0) return 'Select the assignments to copy.'
  if (targets.length === 0) return 'Choose the units to copy to.'
  return lacksComment ? 'Say why the references are set.' : undefined
}
