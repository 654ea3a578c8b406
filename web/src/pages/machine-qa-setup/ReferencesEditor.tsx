import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useId, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { setReferences } from '../../api/machine-qa/configuration.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { toast } from '../../ui/toasts.ts'
import { ReferenceRow } from './ReferenceRow.tsx'
import {
  type EditProblems,
  editOf,
  problemsByTest,
  type ReferenceEdit,
  type ReferenceEdits,
  settingsOf,
} from './reference-edits.ts'
import classes from './references.module.css'
import type { ComparedTest, UnitReferences } from './unit-references.ts'

const NO_PROBLEMS: EditProblems = new Map()
const NO_REASON = 'Say why: the reason is kept in the history of every test.'

export interface ReferencesEditorProps {
  readonly stored: UnitReferences
  readonly onSaved: () => Promise<void>
}

/** References and tolerances by list: change as many as needed, say why once. */
export function ReferencesEditor({ stored, onSaved }: ReferencesEditorProps): ReactElement {
  const [edits, setEdits] = useState<ReferenceEdits>(new Map())
  const [comment, setComment] = useState('')
  const [problems, setProblems] = useState(NO_PROBLEMS)
  const [commentProblem, setCommentProblem] = useState<string>()
  const commentId = useId()
  const tests = stored.lists.flatMap((list) => list.tests)
  const { settings, problems: typing } = settingsOf(tests, edits)

  const save = useMutation({
    mutationFn: () => setReferences({ comment: comment.trim(), settings }),
    onSuccess: async ({ changed }) => {
      await onSaved()
      toast(changed === 1 ? '1 test changed.' : `${changed} tests changed.`)
    },
    onError: (error) => {
      if (!(error instanceof ApiError)) return
      const found = problemsByTest(error.problems, settings)
      setProblems(found.byTest)
      setCommentProblem(found.others.find(({ field }) => field === 'comment')?.problem)
    },
  })
  const submit = (): void => {
    setProblems(typing)
    setCommentProblem(comment.trim() === '' ? NO_REASON : undefined)
    if (comment.trim() === '') document.getElementById(commentId)?.focus()
    if (comment.trim() !== '' && typing.size === 0) save.mutate()
  }
  const change = (test: ComparedTest, edit: ReferenceEdit | undefined): void => {
    const next = new Map(edits)
    if (edit === undefined) next.delete(test.infoId)
    else next.set(test.infoId, edit)
    setEdits(next)
    // what was refused is no longer what stands here
    if (save.isError) save.reset()
    const left = new Map(problems)
    left.delete(test.infoId)
    setProblems(left)
  }
  return (
    <>
      <SaveRefusal error={save.error} hasFields={problems.size > 0 || commentProblem !== undefined} />
      {stored.lists.map((list) => (
        <div key={list.name ?? ''} className={classes.list}>
          <Panel title={list.name ?? 'In no active list'} padding="flush">
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">Test</th>
                  <th scope="col" className={classes.number}>
                    Reference
                  </th>
                  <th scope="col">Tolerance</th>
                  <th scope="col">
                    <span className="ts-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.tests.map((test) => (
                  <ReferenceRow
                    key={test.infoId}
                    test={test}
                    tolerances={stored.tolerances}
                    edit={edits.get(test.infoId)}
                    problems={problems.get(test.infoId) ?? {}}
                    onEdit={() => change(test, editOf(test))}
                    onChange={(edit) => change(test, edit)}
                  />
                ))}
              </tbody>
            </table>
          </Panel>
        </div>
      ))}
      {edits.size === 0 ? null : (
        <ActionBar
          state={
            <TextInput
              id={commentId}
              label="Reason for the change"
              className={classes.comment}
              value={comment}
              maxLength={2000}
              error={commentProblem}
              onChange={(event) => {
                setComment(event.currentTarget.value)
                setCommentProblem(undefined)
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter') submit()
              }}
            />
          }
        >
          <Button variant="default" onClick={() => setEdits(new Map())}>
            Discard changes
          </Button>
          <Button
            loading={save.isPending}
            disabled={settings.length === 0 && typing.size === 0}
            onClick={submit}
          >
            {settings.length === 1 ? 'Set 1 test' : `Set ${settings.length} tests`}
          </Button>
        </ActionBar>
      )}
    </>
  )
}

interface SaveRefusalProps {
  readonly error: Error | null
  /** Whether the reasons stand beside fields. */
  readonly hasFields: boolean
}

function SaveRefusal({ error, hasFields }: SaveRefusalProps): ReactElement | null {
  if (error === null) return null
  const text = hasFields ? 'The reasons stand beside the fields. Nothing was changed.' : error.message
  return (
    <ErrorSummary
      title="The references were not set"
      problems={[{ text }]}
      requestId={error instanceof ApiError ? error.requestId : undefined}
    />
  )
}
