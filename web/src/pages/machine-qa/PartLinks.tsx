import type { ReactElement } from 'react'
import { holds, useSession } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import classes from './part-links.module.css'

interface PartLink {
  readonly label: string
  readonly path: string
  readonly permission?: string
}

/** The places of machine QA, in the order in which a day needs them. A new place adds its line. */
const PLACES: readonly PartLink[] = [
  { label: 'Work list', path: '/machine-qa/work' },
  { label: 'Review', path: '/machine-qa/review', permission: 'machine-qa.session.review' },
  { label: 'Sessions', path: '/machine-qa/sessions', permission: 'machine-qa.session.view-completed' },
  { label: 'Charts', path: '/machine-qa/charts', permission: 'machine-qa.session.view-charts' },
  { label: 'Program', path: '/machine-qa/program', permission: 'machine-qa.session.view-overview' },
  { label: 'Calendar', path: '/machine-qa/calendar', permission: 'machine-qa.session.view-overview' },
  { label: 'Service', path: '/machine-qa/service', permission: 'machine-qa.service-event.view' },
  { label: 'Faults', path: '/machine-qa/faults', permission: 'machine-qa.fault.view' },
  { label: 'Parts', path: '/machine-qa/parts', permission: 'machine-qa.part.view' },
  { label: 'Board', path: '/board/machine-qa' },
]

/** Where one can go from the start page of machine QA, as far as one may. */
export function PartLinks(): ReactElement {
  const { user } = useSession()
  return (
    <nav aria-label="Machine QA" className={classes.links} data-print="hide">
      {PLACES.filter(({ permission }) => holds(user, permission)).map(({ label, path }) => (
        <AppLink key={path} to={path} className={classes.link}>
          {label}
        </AppLink>
      ))}
    </nav>
  )
}
