import type { ReactElement, ReactNode } from 'react'
import type {
  WireFormTest,
  WirePerformingForm,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { EntryRows } from '../../ui/EntryRows.tsx'
import { EMPTY_ENTRY, type Entry } from './entry.ts'
import classes from './performing.module.css'
import type { Problems } from './submit.ts'
import { TestRow } from './TestRow.tsx'
import type { Performing } from './use-performing.ts'

export interface PerformRowsProps {
  readonly form: WirePerformingForm
  readonly performing: Performing
  readonly leftOut: readonly WireFormTest[]
  readonly problems: Problems
  readonly onEntry: (macro: string, patch: Partial<Entry>) => void
  readonly onFile: (test: WireFormTest, file: File | null) => void
  readonly onChart: (test: WireFormTest) => void
  readonly onLeave: (macro: string) => void
}

/** The tests in their order; those of a sublist stand together under its name, framed where the list says so. */
export function PerformRows(props: PerformRowsProps): ReactElement {
  const { form, performing, leftOut } = props
  const { entries, rows, evaluation, sending } = performing
  const hidden = new Set(leftOut.map(({ macro }) => macro))
  const shown = form.tests.filter((test) => !test.hidden && !hidden.has(test.macro))
  const row = (test: WireFormTest): ReactNode => {
    const calculated = evaluation.results[test.macro]
    return (
      <TestRow
        key={test.macro}
        number={shown.indexOf(test) + 1}
        test={test}
        entry={entries[test.macro] ?? EMPTY_ENTRY}
        value={rows.get(test.macro)?.value ?? null}
        passFail={rows.get(test.macro)?.passFail ?? 'not_done'}
        calculated={test.isCalculated ? calculated : undefined}
        isCalculating={test.isCalculated && evaluation.isStale}
        problem={props.problems.get(test.macro)}
        isSending={sending.has(test.macro)}
        onEntry={props.onEntry}
        onFile={props.onFile}
        onChart={props.onChart}
        onLeave={props.onLeave}
      />
    )
  }
  return (
    <EntryRows label="Tests">
      {groupsOf(shown).map(({ sublist, tests }) =>
        sublist === null ? (
          tests.map(row)
        ) : (
          <section
            key={`sublist ${sublist.id} ${tests[0]?.macro ?? ''}`}
            className={classes.group}
            aria-label={sublistName(form, sublist.id)}
          >
            <div className={sublist.outline ? classes.outlined : undefined}>
              <h2 className={classes.sublist}>{sublistName(form, sublist.id)}</h2>
              {tests.map(row)}
            </div>
          </section>
        ),
      )}
    </EntryRows>
  )
}

function sublistName(form: WirePerformingForm, id: number): string {
  return form.sublists.find((sublist) => sublist.id === id)?.name ?? ''
}

interface Group<T> {
  readonly sublist: { readonly id: number; readonly outline: boolean } | null
  readonly tests: T[]
}

/** Neighbours of the same sublist, or of none, in their order. */
export function groupsOf<T extends Pick<WireFormTest, 'sublist'>>(tests: readonly T[]): readonly Group<T>[] {
  const groups: Group<T>[] = []
  for (const test of tests) {
    const last = groups.at(-1)
    if (last !== undefined && (last.sublist?.id ?? null) === (test.sublist?.id ?? null)) last.tests.push(test)
    else groups.push({ sublist: test.sublist, tests: [test] })
  }
  return groups
}
