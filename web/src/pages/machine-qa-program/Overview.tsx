import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type {
  WireProgram,
  WireProgramItem,
} from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import { DUE } from '../../api/machine-qa/words.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import classes from './program.module.css'

/** Units by frequencies: in each cell the lists with their due status and how they last turned out. */
export function Overview({ program }: { readonly program: UseQueryResult<WireProgram> }): ReactElement {
  const { data } = program
  if (program.isError && data === undefined) {
    return <ErrorPanel error={program.error} onRetry={() => void program.refetch()} />
  }
  if (data === undefined) return <Skeleton height={480} radius={0} />
  if (data.units.length === 0) return <EmptyNote>No assignment matches.</EmptyNote>
  const cells = new Map(data.cells.map((cell) => [`${cell.unitId}/${cell.frequencyId ?? ''}`, cell.items]))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label="Program by unit and frequency">
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">Unit</th>
            {data.frequencies.map((frequency) => (
              <th key={frequency?.id ?? 0} scope="col">
                {frequency?.name ?? 'When needed'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.units.map((unit) => (
            <tr key={unit.id}>
              <th scope="row">
                <AppLink to={`/machine-qa/units/${unit.id}`}>{unit.name}</AppLink>
                <span className={classes.place}>{unit.site?.name ?? ''}</span>
              </th>
              {data.frequencies.map((frequency) => (
                <td key={frequency?.id ?? 0}>
                  <ul className={classes.items}>
                    {(cells.get(`${unit.id}/${frequency?.id ?? ''}`) ?? []).map((item) => (
                      <OverviewItem key={item.assignmentId} item={item} />
                    ))}
                  </ul>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function OverviewItem({ item }: { readonly item: WireProgramItem }): ReactElement {
  const due = DUE[item.dueStatus]
  return (
    <li className={classes.item}>
      <span className={classes.due} title={due.word}>
        <StatusIcon token={due.token} size={15} />
        <span className="ts-hidden">{due.word}: </span>
      </span>
      <span className={classes.words}>
        <AppLink to={`/machine-qa/perform/${item.assignmentId}`}>{item.name}</AppLink>
        <span className={classes.last}>
          {item.last === null ? (
            <span>New list, never done</span>
          ) : (
            <>
              <AppLink to={`/machine-qa/sessions/${item.last.sessionId}`}>
                <RelativeTime at={item.last.at} detail="day" hint="tooltip" />
              </AppLink>
              <LastOutcome last={item.last} />
            </>
          )}
        </span>
      </span>
    </li>
  )
}

function LastOutcome({ last }: { readonly last: NonNullable<WireProgramItem['last']> }): ReactElement {
  const { action, tolerance, ok } = last.outcomes
  return (
    <>
      {action === 0 ? null : <StatusChip token="act">{action}</StatusChip>}
      {tolerance === 0 ? null : <StatusChip token="warn">{tolerance}</StatusChip>}
      {action + tolerance > 0 ? null : <StatusChip token={ok === 0 ? 'none' : 'ok'}>{ok}</StatusChip>}
      {last.allReviewed ? null : <span>unreviewed</span>}
    </>
  )
}
