import { Button } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { PASS_FAIL } from '../../api/machine-qa/words.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import type { ReviewedResultsProps } from './Differences.tsx'
import classes from './review.module.css'
import { StatusSelect } from './StatusSelect.tsx'

/** What passed takes one line until somebody wants to see it; it is approved when the review is stored. */
export function PassedResults(props: ReviewedResultsProps): ReactElement | null {
  const { results } = props
  const [isOpen, setOpen] = useState(false)
  useShortcut('p', 'Show or hide what passed', () => setOpen(!isOpen), { enabled: results.length > 0 })
  if (results.length === 0) return null
  return (
    <div className={classes.passed}>
      <Panel
        title={`Passed (${results.length})`}
        padding="flush"
        aside={
          <Button variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide what passed' : 'Show what passed'}
          </Button>
        }
      >
        {isOpen ? (
          <table className={classes.table} aria-label="Results that passed">
            <thead>
              <tr>
                <th scope="col">Test</th>
                <th scope="col" data-align="end">
                  Value
                </th>
                <th scope="col" data-align="end">
                  Reference
                </th>
                <th scope="col">Result</th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              {results.map((result) => (
                <tr key={result.resultId}>
                  <th scope="row">{result.name}</th>
                  <td data-align="end">{result.valueDisplay}</td>
                  <td data-align="end">{result.reference?.display ?? '–'}</td>
                  <td>
                    <StatusChip token={PASS_FAIL[result.passFail].token}>
                      {PASS_FAIL[result.passFail].word}
                    </StatusChip>
                  </td>
                  <td>
                    <StatusSelect {...props} result={result} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p className={classes.quiet}>
            {results.map(({ name }) => name).join(', ')}. Approved when the review is stored.
          </p>
        )}
      </Panel>
    </div>
  )
}
