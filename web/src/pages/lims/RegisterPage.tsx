import { Button } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { useRegister } from '../../api/lims/samples.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { useSiteZone } from '../../ui/site.ts'
import { toast } from '../../ui/toasts.ts'
import { useKeptState } from '../../ui/use-kept-state.ts'
import { LimsSections } from './LimsSections.tsx'
import classes from './lims.module.css'
import {
  EMPTY_COLUMN,
  missingOf,
  type NewSampleColumn,
  nextColumn,
  problemsOfColumn,
  wireOf,
} from './new-sample-column.ts'
import { SampleColumn } from './SampleColumn.tsx'

const CRUMBS = [
  { label: 'Laboratory', to: '/lims' },
  { label: 'Samples', to: '/lims/samples' },
]
const START: readonly NewSampleColumn[] = [EMPTY_COLUMN]

/** Registers one sample, or several beside one another. */
export function RegisterPage(): ReactElement {
  const zone = useSiteZone()
  const router = useRouter()
  const register = useRegister()
  const kept = useKeptState<readonly NewSampleColumn[]>('lims.register', START, 0)
  const [isChecked, setChecked] = useState(false)
  const columns = kept.value
  const missing = columns.map(missingOf)
  const words = columns.length === 1 ? '1 sample' : `${columns.length} samples`

  const submit = (): void => {
    setChecked(true)
    if (register.isPending || missing.some((each) => Object.keys(each).length > 0)) return
    register.mutate(
      columns.map((column) => wireOf(column, zone)),
      {
        onSuccess: ({ items }) => {
          kept.forget()
          toast(`${items.map(({ objectId }) => objectId).join(', ')} registered.`)
          const [only] = items
          const href = items.length === 1 && only !== undefined ? `/lims/samples/${only.id}` : '/lims/samples'
          void router.navigate({ href })
        },
      },
    )
  }
  useShortcut('mod+enter', 'Register the samples', submit)
  const refusal = register.error
  const problems = refusal instanceof ApiError ? refusal.problems : []
  return (
    <>
      <LimsSections />
      <PageHeader
        title="Register samples"
        crumbs={CRUMBS}
        facts="One column for each sample; a further column begins like the last one."
      />
      {kept.restoredAt === undefined ? null : (
        <Banner
          token="todo"
          action={
            <Button variant="subtle" size="compact-sm" onClick={kept.discard}>
              Begin anew
            </Button>
          }
        >
          What you filled in before is here again.
        </Banner>
      )}
      {refusal === null ? null : (
        <ErrorSummary
          title="Nothing was registered"
          problems={
            problems.length === 0
              ? [{ text: refusal.message }]
              : problems.map(({ field, problem }) => ({ text: `${field}: ${problem}` }))
          }
          requestId={refusal instanceof ApiError ? refusal.requestId : undefined}
        />
      )}
      <div className={classes.columns}>
        {columns.map((column, index) => (
          <SampleColumn
            key={column.key}
            column={column}
            number={index + 1}
            problems={{
              ...(isChecked ? missing[index] : {}),
              ...problemsOfColumn(problems, index, columns.length),
            }}
            onChange={(changes) =>
              kept.setValue(columns.map((each) => (each === column ? { ...each, ...changes } : each)))
            }
            {...(columns.length > 1
              ? { onRemove: () => kept.setValue(columns.filter((each) => each !== column)) }
              : {})}
          />
        ))}
      </div>
      <div className={classes.formActions}>
        <Button loading={register.isPending} onClick={submit}>
          Register {words}
        </Button>
        <Button variant="default" onClick={() => kept.setValue([...columns, nextColumn(columns)])}>
          Add a column
        </Button>
      </div>
    </>
  )
}
