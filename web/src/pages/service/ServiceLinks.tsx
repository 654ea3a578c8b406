import type { ReactElement } from 'react'
import { holds, useSession } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import classes from './service.module.css'

const PLACES = [
  { label: 'Service log', path: '/machine-qa/service', permission: 'machine-qa.service-event.view' },
  { label: 'Availability', path: '/machine-qa/availability', permission: 'machine-qa.service-event.view' },
  { label: 'Faults', path: '/machine-qa/faults', permission: 'machine-qa.fault.view' },
  { label: 'Parts', path: '/machine-qa/parts', permission: 'machine-qa.part.view' },
  { label: 'Suppliers', path: '/admin/machine-qa.supplier', permission: 'machine-qa.part.view' },
  {
    label: 'Schedules',
    path: '/admin/machine-qa.service-event-schedule',
    permission: 'machine-qa.service-event-schedule.change',
  },
  { label: 'Contacts', path: '/admin/machine-qa.contact', permission: 'machine-qa.contact.change' },
] as const

/** Where one can go from the service log, as far as one may. */
export function ServiceLinks(): ReactElement {
  const { user } = useSession()
  return (
    <nav aria-label="Service" className={classes.links} data-print="hide">
      {PLACES.filter(({ permission }) => holds(user, permission)).map(({ label, path }) => (
        <AppLink key={path} to={path}>
          {label}
        </AppLink>
      ))}
    </nav>
  )
}
