import { MultiSelect, NativeSelect } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WirePerformingForm } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { useUrlState } from '../../ui/url-state.ts'
import classes from './performing.module.css'

/** Which day of the cycle and which categories are performed; nothing where there is no choice. */
export function PerformScope({
  form,
  categories,
  onCategories,
}: {
  readonly form: WirePerformingForm
  readonly categories: readonly string[]
  readonly onCategories: (ids: readonly string[]) => void
}): ReactElement | null {
  const [, patch] = useUrlState()
  const known = new Map(form.tests.map(({ category }) => [String(category.id), category.name]))
  const hasDays = form.days.length > 1 && form.session === null
  const hasCategories = form.rights.performSubset && known.size > 1
  if (!hasDays && !hasCategories) return null
  return (
    <div className={classes.bar}>
      {hasDays ? (
        <NativeSelect
          label={form.dayChooserLabel}
          value={String(form.day + 1)}
          onChange={(event) => patch({ day: event.currentTarget.value })}
          data={form.days.map(({ day, label }) => ({ value: String(day + 1), label }))}
        />
      ) : null}
      {hasCategories ? (
        <MultiSelect
          label="Only these categories"
          placeholder={categories.length === 0 ? 'All' : ''}
          data={[...known].map(([value, label]) => ({ value, label }))}
          value={[...categories]}
          onChange={onCategories}
          clearable
          clearButtonProps={{ 'aria-label': 'Perform all categories' }}
          miw={240}
        />
      ) : null}
    </div>
  )
}
