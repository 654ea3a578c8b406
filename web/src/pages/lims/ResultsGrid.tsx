import { type ReactElement, type ReactNode, useMemo, useState } from 'react'
import type { WireAnalysis } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { EntryRows } from '../../ui/EntryRows.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { pastedColumn } from './judge-entry.ts'
import { ResultActions } from './ResultActions.tsx'
import { ResultRow } from './ResultRow.tsx'
import classes from './results.module.css'
import { useResultEntry } from './use-result-entry.ts'

/** Analyses that stand together: of one sample, or on one position. */
export interface ResultGroup {
  readonly key: string
  /** Names the inputs: `AP-0001-R01`. */
  readonly name: string
  /** Line above the group; without it the group has none. */
  readonly heading?: ReactNode
  readonly analyses: readonly WireAnalysis[]
}

export interface ResultsGridProps {
  readonly label: string
  readonly groups: readonly ResultGroup[]
}

/** Results of many analyses: typed by keyboard, pasted from a spreadsheet, judged at once, submitted, verified. */
export function ResultsGrid({ label, groups }: ResultsGridProps): ReactElement {
  const analyses = useMemo(() => groups.flatMap((group) => group.analyses), [groups])
  const entry = useResultEntry(analyses)
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  const movable = analyses.filter(({ moves }) => moves.length > 0)
  useShortcut(
    'a',
    'Select all results',
    () => setSelected(new Set(selected.size === movable.length ? [] : movable.map(({ id }) => id))),
    { group: 'Results', enabled: movable.length > 0 },
  )
  const select = (id: number, isSelected: boolean): void => {
    const next = new Set(selected)
    if (isSelected) next.add(id)
    else next.delete(id)
    setSelected(next)
  }
  const paste = (from: number, text: string): void => {
    const cells = pastedColumn(text)
    const open = analyses.filter(({ editable, calculated }) => editable && !calculated)
    const start = open.findIndex(({ id }) => id === from)
    const into = open.slice(start, start + cells.length)
    for (const [index, { id }] of into.entries()) entry.edit(id, { result: cells[index] ?? '' })
    void entry.store(into.map(({ id }) => id))
  }
  return (
    <div className={classes.frame}>
      <EntryRows label={label}>
        <div className={classes.scroller}>
          <table className={classes.grid} aria-label={label}>
            <thead>
              <tr className={classes.columnHeads}>
                <th className={classes.tick} aria-label="Selected" />
                <th scope="col">Analysis</th>
                <th scope="col">Result</th>
                <th scope="col">Unit</th>
                <th scope="col">Range</th>
                <th scope="col" aria-label="In range or not" />
                <th scope="col">Uncertainty</th>
                <th scope="col">State</th>
                <th scope="col">By</th>
              </tr>
            </thead>
            {groups.map((group) => (
              <tbody key={group.key}>
                {group.heading === undefined ? null : (
                  <tr className={classes.groupRow}>
                    <th scope="rowgroup" colSpan={9}>
                      {group.heading}
                    </th>
                  </tr>
                )}
                {group.analyses.map((analysis) => (
                  <ResultRow
                    key={analysis.id}
                    analysis={analysis}
                    of={group.name}
                    entry={entry}
                    isSelected={selected.has(analysis.id)}
                    onSelect={(isSelected) => select(analysis.id, isSelected)}
                    onPasteColumn={(text) => paste(analysis.id, text)}
                  />
                ))}
              </tbody>
            ))}
          </table>
        </div>
      </EntryRows>
      <ResultActions
        analyses={analyses}
        selected={selected}
        storeAll={entry.storeAll}
        onDone={() => setSelected(new Set())}
      />
    </div>
  )
}
