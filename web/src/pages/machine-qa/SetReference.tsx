import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { WireCompared } from '../../../../src/dialects/native/machine-qa/configuration.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { setReferences } from '../../api/machine-qa/configuration.ts'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import { parseNumberText } from '../../ui/number-text.ts'
import { ReferenceSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import classes from './test.module.css'

/** A reference and tolerance as they stand in the form. */
export interface TypedReference {
  readonly value: number | null
  readonly toleranceId: number | null
}

interface Problems {
  readonly value?: string
  readonly tolerance?: string
  readonly comment?: string
}

/** Sets what a test on a unit is compared with from now on; earlier results keep what they had. */
export function SetReference({
  unitTestInfoId,
  present,
  onType,
}: {
  readonly unitTestInfoId: number
  readonly present: WireCompared
  /** tells what is typed, as far as it could be set and differs; undefined otherwise */
  readonly onType: (typed: TypedReference | undefined) => void
}): ReactElement {
  const client = useQueryClient()
  const [text, setText] = useState(present.reference === null ? '' : String(present.reference.value))
  const [tolerance, setTolerance] = useState<ReferenceOption | null>(
    present.tolerance === null ? null : { id: present.tolerance.id, label: present.tolerance.name },
  )
  const [comment, setComment] = useState('')
  const [problems, setProblems] = useState<Problems>({})
  const [isBusy, setBusy] = useState(false)
  const isYesNo = present.reference?.kind === 'boolean'
  const type = (nextText: string, nextTolerance: ReferenceOption | null): void => {
    setText(nextText)
    setTolerance(nextTolerance)
    onType(typedOf(nextText, nextTolerance, present))
  }

  const save = async (): Promise<void> => {
    const parsed = parseNumberText(text)
    if (parsed.kind === 'invalid') return setProblems({ value: 'Not a number' })
    if (comment.trim() === '') return setProblems({ comment: 'Say why: the reason is kept in the history.' })
    setBusy(true)
    setProblems({})
    try {
      const value = parsed.kind === 'number' ? parsed.value : null
      await setReferences({
        comment: comment.trim(),
        settings: [{ unitTestInfoId, value, toleranceId: tolerance?.id ?? null }],
      })
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      toast('Reference and tolerance set.')
    } catch (error) {
      if (error instanceof ApiError && error.problems.length > 0) setProblems(problemsOf(error))
      else toastError('Reference and tolerance were not set', error)
    } finally {
      setBusy(false)
    }
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void save()
  }
  return (
    <form onSubmit={onSubmit} className={classes.form} noValidate>
      {isYesNo ? (
        <NativeSelect
          label="Reference"
          value={text}
          error={problems.value}
          onChange={(event) => type(event.currentTarget.value, tolerance)}
          data={[
            { value: '', label: 'None' },
            { value: '1', label: 'Yes' },
            { value: '0', label: 'No' },
          ]}
        />
      ) : (
        <NumberEntry
          label="Reference"
          description="Yes is 1, no is 0; empty for none"
          align="start"
          value={text}
          error={problems.value}
          onChange={(typed) => type(typed, tolerance)}
        />
      )}
      <ReferenceSelect
        target="machine-qa.tolerance"
        label="Tolerance"
        value={tolerance}
        onChange={(chosen) => type(text, chosen)}
        error={problems.tolerance}
      />
      <Textarea
        label="Why"
        value={comment}
        error={problems.comment}
        autosize
        minRows={2}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={isBusy}>
          Set reference
        </Button>
      </div>
    </form>
  )
}

function typedOf(
  text: string,
  tolerance: ReferenceOption | null,
  { reference, tolerance: presentTolerance }: WireCompared,
): TypedReference | undefined {
  const parsed = parseNumberText(text)
  if (parsed.kind === 'invalid') return undefined
  const value = parsed.kind === 'number' ? parsed.value : null
  const toleranceId = tolerance?.id ?? null
  const isSame = value === (reference?.value ?? null) && toleranceId === (presentTolerance?.id ?? null)
  return isSame ? undefined : { value, toleranceId }
}

function problemsOf({ problems, message }: ApiError): Problems {
  const of = (word: string): string | undefined => problems.find(({ field }) => field.endsWith(word))?.problem
  const [value, tolerance, comment] = [of('value'), of('toleranceId'), of('comment')]
  return {
    ...(value === undefined ? {} : { value }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(comment === undefined ? {} : { comment }),
    ...((value ?? tolerance ?? comment) === undefined ? { comment: message } : {}),
  }
}
