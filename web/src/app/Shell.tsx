import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Outlet, useLocation } from '@tanstack/react-router'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useSession } from '../api/session.ts'
import { ReferenceContext } from '../ui/reference-source.ts'
import { SiteContext } from '../ui/site.ts'
import { Announcements } from './Announcements.tsx'
import { GlobalSearch } from './GlobalSearch.tsx'
import { usePreferencesOf } from './preferences.ts'
import { Rail } from './Rail.tsx'
import { recordReferences } from './record-references.ts'
import classes from './Shell.module.css'
import { TopBar } from './TopBar.tsx'

/** The frame around every page of a signed-in user. */
export function Shell(): ReactElement {
  const { site, user } = useSession()
  const main = useRef<HTMLElement>(null)
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const isNarrow = useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false }) === true
  const { pathname } = useLocation()
  usePreferencesOf(user.id)
  useFocusAfterNavigation(main, pathname)

  return (
    <SiteContext value={site}>
      <ReferenceContext value={recordReferences}>
        <a className={classes.skip} href="#main">
          Skip to content
        </a>
        <div className={classes.shell}>
          {isNarrow ? (
            <Drawer.Root opened={isDrawerOpen} onClose={() => setDrawerOpen(false)} size={272}>
              <Drawer.Overlay />
              <Drawer.Content aria-label="Modules">
                <Rail form="drawer" onFollow={() => setDrawerOpen(false)} />
              </Drawer.Content>
            </Drawer.Root>
          ) : (
            <Rail form="rail" />
          )}
          <div className={classes.column}>
            <TopBar {...(isNarrow ? { onOpenRail: () => setDrawerOpen(true) } : {})} />
            <Announcements />
            <main ref={main} id="main" tabIndex={-1} className={classes.main}>
              <Outlet />
            </main>
          </div>
        </div>
        <GlobalSearch />
      </ReferenceContext>
    </SiteContext>
  )
}

/** After a change of page reading goes on at its title, unless the page put the cursor somewhere itself. */
function useFocusAfterNavigation(main: React.RefObject<HTMLElement | null>, pathname: string): void {
  const previous = useRef(pathname)
  useEffect(() => {
    if (previous.current === pathname) return
    previous.current = pathname
    const frame = requestAnimationFrame(() => {
      const hasOwnFocus = main.current?.contains(document.activeElement) === true
      if (hasOwnFocus && document.activeElement !== main.current) return
      const title = main.current?.querySelector('h1')
      const target = title ?? main.current
      target?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [main, pathname])
}
