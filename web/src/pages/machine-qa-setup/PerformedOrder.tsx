import type { ReactElement } from 'react'
import { Panel } from '../../ui/Panel.tsx'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import { flatten, type ListMember, type PerformedTest } from './arrangement.ts'
import classes from './setup.module.css'

export interface PerformedOrderProps {
  readonly members: readonly ListMember[]
  readonly problems: readonly string[]
}

/** The list as whoever performs it will see it: every test with its macro name, and what cannot stay so. */
export function PerformedOrder({ members, problems }: PerformedOrderProps): ReactElement {
  const tests = flatten(members)
  return (
    <Panel
      title="As performed"
      padding="flush"
      aside={
        <span className={classes.detail}>
          {tests.length} {tests.length === 1 ? 'test' : 'tests'}
        </span>
      }
    >
      {problems.length === 0 ? null : (
        <ul className={classes.problems} aria-label="Problems">
          {problems.map((problem) => (
            <li key={problem}>
              <StatusIcon token="act" size={15} /> {problem}
            </li>
          ))}
        </ul>
      )}
      <ol className={classes.flat} aria-label="Tests as performed">
        {tests.map((each, index) => (
          <li
            key={`${each.sublist?.id ?? 'own'}-${each.test.id}`}
            data-outlined={each.sublist?.outline === true}
            data-edge={edgesOf(tests, index)}
          >
            <span className={`${classes.number} ts-num`}>{index + 1}</span>
            <span className={classes.grow}>{each.test.name}</span>
            <span className={classes.macro} data-repeated={each.isRepeated}>
              {each.test.macro}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** Whether a test is the first or last of its sublist, where its frame begins or ends. */
function edgesOf(tests: readonly PerformedTest[], index: number): string {
  const listOf = (at: number): number | undefined => tests[at]?.sublist?.id
  const first = listOf(index - 1) === listOf(index) ? '' : 'first'
  const last = listOf(index + 1) === listOf(index) ? '' : 'last'
  return `${first} ${last}`.trim()
}
