import { Tooltip } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { holds, useSession } from '../api/session.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { Brand } from '../ui/Brand.tsx'
import { MODULES, type ModuleLink } from './modules.ts'
import classes from './Rail.module.css'

export interface RailProps {
  readonly form: 'rail' | 'drawer'
  readonly onFollow?: () => void
}

/** The modules the signed-in user may enter. */
export function Rail({ form, onFollow }: RailProps): ReactElement {
  const { site, user } = useSession()
  const { pathname } = useLocation()
  const [width, setWidth] = useLocalStorage<'wide' | 'narrow'>({
    key: 'touchstone.rail',
    defaultValue: 'wide',
    getInitialValueInEffect: false,
  })
  const isNarrow = form === 'rail' && width === 'narrow'
  const visible = MODULES.filter(({ permission }) => holds(user, permission))
  return (
    <nav
      className={classes.rail}
      data-form={form}
      data-narrow={isNarrow}
      aria-label="Modules"
      data-print="hide"
    >
      <div className={classes.head}>
        <AppLink to="/" className={classes.brand} onClick={onFollow} aria-label="Touchstone, start page">
          <Brand form={isNarrow ? 'mark' : 'full'} />
        </AppLink>
      </div>
      <ul className={classes.list}>
        {visible.map((module) => (
          <li key={module.path}>
            <RailLink
              module={module}
              isNarrow={isNarrow}
              isCurrent={isWithin(pathname, module.path)}
              onFollow={onFollow}
            />
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        {isNarrow ? null : <span className={classes.site}>{site.name}</span>}
        {form === 'drawer' ? null : (
          <button
            type="button"
            className={classes.collapse}
            aria-label={isNarrow ? 'Widen the module list' : 'Narrow the module list'}
            aria-expanded={!isNarrow}
            onClick={() => setWidth(isNarrow ? 'wide' : 'narrow')}
          >
            {isNarrow ? (
              <IconLayoutSidebarLeftExpand size={18} />
            ) : (
              <IconLayoutSidebarLeftCollapse size={18} />
            )}
          </button>
        )}
      </div>
    </nav>
  )
}

interface RailLinkProps {
  readonly module: ModuleLink
  readonly isNarrow: boolean
  readonly isCurrent: boolean
  readonly onFollow: (() => void) | undefined
}

function RailLink({ module, isNarrow, isCurrent, onFollow }: RailLinkProps): ReactElement {
  const ModuleIcon = module.icon
  return (
    <Tooltip label={module.label} position="right" disabled={!isNarrow} openDelay={100}>
      <AppLink
        to={module.path}
        className={classes.link}
        aria-current={isCurrent ? 'page' : undefined}
        aria-label={isNarrow ? module.label : undefined}
        onClick={onFollow}
      >
        <ModuleIcon size={20} stroke={1.6} aria-hidden="true" />
        {isNarrow ? null : <span>{module.label}</span>}
      </AppLink>
    </Tooltip>
  )
}

function isWithin(pathname: string, modulePath: string): boolean {
  return modulePath === '/'
    ? pathname === '/'
    : pathname === modulePath || pathname.startsWith(`${modulePath}/`)
}
