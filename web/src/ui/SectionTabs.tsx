import { useLocation } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { AppLink } from './AppLink.tsx'
import classes from './SectionTabs.module.css'

export interface Section {
  readonly label: string
  readonly to: string
}

/** The pages of a part of the product that stand beside one another, above their headers. */
export function SectionTabs({
  label,
  sections,
}: {
  readonly label: string
  readonly sections: readonly Section[]
}): ReactElement {
  const { pathname } = useLocation()
  const current = sections
    .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
    .toSorted((a, b) => b.to.length - a.to.length)[0]
  return (
    <nav className={classes.tabs} aria-label={label} data-print="hide">
      {sections.map((section) => (
        <AppLink
          key={section.to}
          to={section.to}
          className={classes.tab}
          aria-current={section === current ? 'page' : undefined}
        >
          {section.label}
        </AppLink>
      ))}
    </nav>
  )
}
