import { ActionIcon } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { AppLink } from '../ui/AppLink.tsx'
import { KeyCaps } from '../ui/KeyCaps.tsx'
import { useCrumbs } from '../ui/page-place.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { DueIndicator } from './DueIndicator.tsx'
import { openSearch } from './search-dialog.ts'
import classes from './TopBar.module.css'

/** Where the reader is, the search, what is due, and the account. */
export function TopBar({ onOpenRail }: { readonly onOpenRail?: () => void }): ReactElement {
  return (
    <section className={classes.bar} aria-label="Place, search and account" data-print="hide">
      {onOpenRail === undefined ? null : (
        <ActionIcon onClick={onOpenRail} aria-label="Open the module list" className={classes.burger}>
          <IconMenu2 size={20} stroke={1.7} />
        </ActionIcon>
      )}
      <Breadcrumbs />
      <button type="button" className={classes.search} onClick={openSearch}>
        <IconSearch size={16} stroke={1.7} aria-hidden="true" />
        <span className={classes.searchWord}>Search</span>
        <span className={classes.searchKeys} aria-hidden="true">
          <KeyCaps keys="mod+k" />
        </span>
      </button>
      <DueIndicator />
      <AccountMenu />
    </section>
  )
}

function Breadcrumbs(): ReactElement {
  const crumbs = useCrumbs()
  return (
    <nav className={classes.crumbs} aria-label="Breadcrumbs">
      <ol>
        {crumbs.map((crumb, index) => (
          <li
            key={`${crumb.to ?? ''}${crumb.label}`}
            aria-current={index === crumbs.length - 1 ? 'page' : undefined}
          >
            {crumb.to === undefined ? (
              <span>{crumb.label}</span>
            ) : (
              <AppLink to={crumb.to}>{crumb.label}</AppLink>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
