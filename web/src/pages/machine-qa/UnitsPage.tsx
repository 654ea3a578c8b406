import { Button, Skeleton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { WireUnitCard, WireUnitGroup } from '../../../../src/dialects/native/machine-qa/work.schema.ts'
import { UNIT_STATE } from '../../api/machine-qa/words.ts'
import { unitsOverviewQuery } from '../../api/machine-qa/work.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { appHref } from '../../ui/app-path.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { PartLinks } from './PartLinks.tsx'
import classes from './work.module.css'

/** All units by site and type: how they are, and how much is due. Choosing one leads to its work. */
export function UnitsPage(): ReactElement {
  const overview = useQuery(unitsOverviewQuery)
  const [search, patch] = useUrlState()
  const router = useRouter()
  const text = (search.q ?? '').toLowerCase()
  const groups = (overview.data?.groups ?? [])
    .map((group) => ({ ...group, units: group.units.filter((unit) => matches(unit, text)) }))
    .filter(({ units }) => units.length > 0)
  const all = overview.data?.groups.flatMap(({ units }) => units) ?? []
  const sum = (status: 'action' | 'tolerance'): number =>
    all.reduce((total, { due }) => total + due[status], 0)
  return (
    <>
      <PageHeader
        title="Machine QA"
        facts={
          overview.data === undefined ? (
            'Reading the units …'
          ) : (
            <FactsLine>
              <span className="ts-num">{sum('action')} overdue</span>
              <span className="ts-num">{sum('tolerance')} due</span>
              <span className="ts-num">{all.length} units</span>
            </FactsLine>
          )
        }
        primary={<AppLinkButton to="/machine-qa/work" word="Open work list" onGo={router.navigate} />}
      />
      <PartLinks />
      <TextInput
        aria-label="Search units"
        placeholder="Search units"
        leftSection={<IconSearch size={16} stroke={1.7} />}
        value={search.q ?? ''}
        onChange={(event) => patch({ q: event.currentTarget.value || undefined }, 'replace')}
        maw={360}
        mb={24}
      />
      {overview.isError ? (
        <ErrorPanel error={overview.error} onRetry={() => void overview.refetch()} />
      ) : overview.data === undefined ? (
        <Skeleton height={320} />
      ) : groups.length === 0 ? (
        <EmptyNote>{all.length === 0 ? 'There are no units in use yet.' : 'No unit matches.'}</EmptyNote>
      ) : (
        groups.map((group) => <UnitGroup key={`${group.site?.id ?? 0}/${group.type.id}`} group={group} />)
      )}
    </>
  )
}

function matches({ name, number, serialNumber, location }: WireUnitCard, text: string): boolean {
  return [name, String(number), serialNumber ?? '', location ?? ''].join(' ').toLowerCase().includes(text)
}

function AppLinkButton({
  to,
  word,
  onGo,
}: {
  readonly to: string
  readonly word: string
  readonly onGo: (target: { href: string }) => Promise<void>
}): ReactElement {
  return (
    <Button
      component="a"
      href={appHref(to)}
      onClick={(event) => {
        event.preventDefault()
        void onGo({ href: to })
      }}
    >
      {word}
    </Button>
  )
}

function UnitGroup({ group }: { readonly group: WireUnitGroup }): ReactElement {
  const title = `${group.site?.name ?? 'No site'} · ${group.type.name}`
  return (
    <section aria-label={title}>
      <h2 className={classes.group}>{title}</h2>
      <ul className={classes.cards}>
        {group.units.map((unit) => (
          <li key={unit.id}>
            <UnitCard unit={unit} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function UnitCard({ unit }: { readonly unit: WireUnitCard }): ReactElement {
  const state = UNIT_STATE[unit.state]
  const { due, inProgress } = unit
  return (
    <AppLink to={`/machine-qa/units/${unit.id}`} className={classes.card}>
      <span className={classes.cardHead}>
        <span className={classes.cardName}>{unit.name}</span>
        <span className="ts-dim ts-num">{unit.number}</span>
      </span>
      <StatusChip token={state.token}>{state.word}</StatusChip>
      <span className={classes.counts}>
        {due.action === 0 ? null : <StatusChip token="late">{due.action} overdue</StatusChip>}
        {due.tolerance === 0 ? null : <StatusChip token="todo">{due.tolerance} due</StatusChip>}
        {due.action + due.tolerance === 0 ? <span className="ts-dim">Nothing due</span> : null}
        {inProgress === 0 ? null : <span className="ts-dim">{inProgress} in progress</span>}
      </span>
    </AppLink>
  )
}
