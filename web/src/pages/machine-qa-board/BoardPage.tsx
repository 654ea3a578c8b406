import { ActionIcon, Skeleton, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconMaximize } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireBoard } from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import { boardQuery } from '../../api/machine-qa/program.ts'
import { UNIT_STATE } from '../../api/machine-qa/words.ts'
import { useSession } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { usePagePlace } from '../../ui/page-place.ts'
import { useNow } from '../../ui/RelativeTime.tsx'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { dayIn, formatClock, formatDay } from '../../ui/site-time.ts'
import { toastError } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import classes from './board.module.css'
import { staleWords } from './stale.ts'

/** The QA state of every unit with its reasons, to be read from across the room; reads itself again and again. */
export function BoardPage(): ReactElement {
  const [search] = useUrlState()
  const { site } = useSession()
  const board = useQuery(boardQuery({ site: search.site }))
  const now = useNow()
  usePagePlace('QA state', [])
  useShortcut('f', 'Show the board on the full screen', () => void toFullScreen())
  const { data } = board
  const stale = data === undefined ? undefined : staleWords(new Date(data.at), now)
  return (
    <main id="main" className={classes.board}>
      <header className={classes.header}>
        <AppLink to="/machine-qa" className={classes.back} aria-label="Machine QA">
          <IconArrowLeft size={22} />
        </AppLink>
        <h1>QA state</h1>
        <span className={classes.site}>{site.name}</span>
        {data === undefined ? null : <Counts units={data.units} />}
        <span className={classes.clock}>
          {formatDay(dayIn(now, site.zone))} · {formatClock(now, site.zone)}
        </span>
        <Tooltip label="Full screen">
          <ActionIcon aria-label="Show the board on the full screen" onClick={() => void toFullScreen()}>
            <IconMaximize size={20} />
          </ActionIcon>
        </Tooltip>
      </header>
      {stale === undefined ? null : (
        <p className={classes.stale} role="status">
          <StatusIcon token="unknown" size={22} /> Not read again since{' '}
          {formatClock(new Date(data?.at ?? ''), site.zone)}: {stale}
        </p>
      )}
      {board.isError && data === undefined ? (
        <ErrorPanel error={board.error} onRetry={() => void board.refetch()} />
      ) : data === undefined ? (
        <Skeleton height={480} radius="md" />
      ) : (
        <ul className={classes.units}>
          {data.units.map((unit) => (
            <BoardUnit key={unit.id} unit={unit} />
          ))}
        </ul>
      )}
    </main>
  )
}

type Unit = WireBoard['units'][number]

const SHOWN_REASONS = 3

function BoardUnit({ unit }: { readonly unit: Unit }): ReactElement {
  const { token, word } = UNIT_STATE[unit.state]
  const colours: Record<`--${string}`, string> = {
    '--unit-mark': `var(--ts-${token}-mark)`,
    '--unit-soft': `var(--ts-${token}-soft)`,
    '--unit-text': `var(--ts-${token}-text)`,
  }
  const reasons = unit.state === 'ok' ? [] : unit.reasons
  return (
    <li className={classes.unit} style={colours}>
      <span className={classes.state}>
        <StatusIcon token={token} size={34} />
        {word}
      </span>
      <AppLink to={`/machine-qa/units/${unit.id}`} className={classes.name}>
        {unit.name}
      </AppLink>
      <ul className={classes.reasons}>
        {reasons.slice(0, SHOWN_REASONS).map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
        {reasons.length > SHOWN_REASONS ? <li>and {reasons.length - SHOWN_REASONS} more</li> : null}
        {reasons.length === 0 ? <li>{dueWords(unit)}</li> : null}
      </ul>
    </li>
  )
}

function dueWords({ due }: Unit): string {
  if (due.action > 0) return `${due.action} overdue`
  return due.tolerance > 0 ? `${due.tolerance} due today` : 'Nothing due'
}

/** How many units are fit for use, and how many are not. */
function Counts({ units }: { readonly units: readonly Unit[] }): ReactElement {
  const worst = units.filter(({ state }) => state === 'failed' || state === 'out-of-service').length
  const inOrder = units.filter(({ state }) => state === 'ok').length
  return (
    <span className={classes.counts}>
      <span>
        <StatusIcon token="ok" size={22} /> {inOrder} in order
      </span>
      <span>
        <StatusIcon token={worst === 0 ? 'none' : 'act'} size={22} /> {worst} not to be used
      </span>
      <span>of {units.length}</span>
    </span>
  )
}

async function toFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement === null) await document.documentElement.requestFullscreen()
    else await document.exitFullscreen()
  } catch (error) {
    toastError('The browser does not allow the full screen', error)
  }
}
