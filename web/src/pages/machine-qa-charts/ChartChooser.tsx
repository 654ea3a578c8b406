import { Checkbox, MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireChartChoices } from '../../../../src/dialects/native/machine-qa/charts.schema.ts'
import { ReferencesSelect } from '../../ui/ReferenceSelect.tsx'
import { useReferenceSource } from '../../ui/reference-source.ts'
import type { SearchPatch } from '../../ui/url-state.ts'
import { type ChartState, idsText } from './chart-state.ts'
import classes from './charts.module.css'
import { RangeChooser } from './RangeChooser.tsx'

export interface ChartChooserProps {
  readonly state: ChartState
  readonly choices: WireChartChoices | undefined
  readonly patch: (changes: SearchPatch) => void
}

/** What is plotted, of which units, over which time. */
export function ChartChooser({ state, choices, patch }: ChartChooserProps): ReactElement {
  const source = useReferenceSource()
  const units = useQuery({
    queryKey: ['reference', 'machine-qa.unit', 'ids', state.units],
    queryFn: ({ signal }) => source.byIds('machine-qa.unit', state.units, signal),
    enabled: state.units.length > 0,
    staleTime: 60_000,
  })
  const chosenUnits = state.units.map((id) => ({
    id,
    label: units.data?.find((unit) => unit.id === id)?.label ?? `Unit ${id}`,
  }))
  return (
    <search className={classes.chooser} aria-label="What is plotted" data-print="hide">
      <ReferencesSelect
        target="machine-qa.unit"
        label="Units"
        placeholder={state.units.length === 0 ? 'Choose units' : ''}
        value={chosenUnits}
        onChange={(chosen) => patch({ unit: idsText(chosen.map(({ id }) => id)), of: undefined })}
      />
      <MultiSelect
        label="Test lists"
        classNames={{ inputField: classes.typing ?? '' }}
        placeholder={state.lists.length === 0 ? 'All lists' : ''}
        disabled={state.units.length === 0}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'All lists' }}
        data={(choices?.lists ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={state.lists.map(String)}
        onChange={(ids) => patch({ list: ids.join(',') || undefined })}
      />
      <MultiSelect
        label="Tests"
        classNames={{ inputField: classes.typing ?? '' }}
        placeholder={state.tests.length === 0 ? 'Choose tests' : ''}
        disabled={state.units.length === 0}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'No tests' }}
        nothingFoundMessage="No such test"
        data={testGroups(state, choices)}
        value={state.tests.map(String)}
        onChange={(ids) => patch({ test: ids.join(',') || undefined, of: undefined })}
      />
      <RangeChooser state={state} patch={patch} />
      <MultiSelect
        label="Review statuses"
        placeholder={state.statuses.length === 0 ? 'Valid results' : ''}
        disabled={choices === undefined}
        clearable
        clearButtonProps={{ 'aria-label': 'Valid results' }}
        data={(choices?.statuses ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={state.statuses.map(String)}
        onChange={(ids) => patch({ status: ids.join(',') || undefined })}
      />
      <ChartOptions state={state} patch={patch} />
    </search>
  )
}

/** Tests by category; with lists chosen only theirs. What is chosen stays in sight whatever the lists. */
function testGroups(
  { lists, tests: chosen }: ChartState,
  choices: WireChartChoices | undefined,
): { group: string; items: { value: string; label: string }[] }[] {
  if (choices === undefined) return []
  const inLists = new Set(
    choices.lists.filter(({ id }) => lists.includes(id)).flatMap(({ testIds }) => testIds),
  )
  const offered = choices.tests.filter(
    ({ id }) => lists.length === 0 || inLists.has(id) || chosen.includes(id),
  )
  const groups = [...Map.groupBy(offered, ({ category }) => category)]
  return groups.map(([group, tests]) => ({
    group,
    items: tests.map(({ id, name }) => ({ value: String(id), label: name })),
  }))
}

function ChartOptions({ state, patch }: Omit<ChartChooserProps, 'choices'>): ReactElement {
  return (
    <div className={classes.options}>
      <Checkbox
        label="Relative to reference"
        checked={state.isRelative}
        onChange={(event) => patch({ relative: event.currentTarget.checked ? 'true' : undefined })}
      />
      <Checkbox
        label="Combine lists"
        checked={state.isCombined}
        onChange={(event) => patch({ combine: event.currentTarget.checked ? undefined : 'false' })}
      />
      <Checkbox
        label="Service events"
        checked={state.withService}
        onChange={(event) => patch({ service: event.currentTarget.checked ? undefined : 'false' })}
      />
      <Checkbox
        label="Offer what is no longer in use"
        checked={state.withInactive}
        onChange={(event) => patch({ inactive: event.currentTarget.checked ? 'true' : undefined })}
      />
    </div>
  )
}
