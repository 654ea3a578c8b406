import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Outlet, useRouter } from '@tanstack/react-router'
import { type ReactElement, type RefObject, useEffect, useRef, useState } from 'react'
import { useSession } from '../api/session.ts'
import { useCrumbs } from '../ui/page-place.ts'
import { ReferenceContext } from '../ui/reference-source.ts'
import { SiteContext } from '../ui/site.ts'
import { Announcements } from './Announcements.tsx'
import { GlobalSearch } from './GlobalSearch.tsx'
import { useOwnPreferences } from './preferences.ts'
import { Rail } from './Rail.tsx'
import { recordReferences } from './record-references.ts'
import classes from './Shell.module.css'
import { TopBar } from './TopBar.tsx'

/** The frame around every page of a signed-in user. */
export function Shell(): ReactElement {
  const { site } = useSession()
  const main = useRef<HTMLElement>(null)
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const isNarrow = useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false }) === true
  useOwnPreferences()
  useFocusAfterNavigation(main)

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
            <PageAnnouncer />
          </div>
        </div>
        <GlobalSearch />
      </ReferenceContext>
    </SiteContext>
  )
}

/** After a change of page reading goes on at its beginning, unless the page put the cursor somewhere itself. */
function useFocusAfterNavigation(main: RefObject<HTMLElement | null>): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || fromLocation === undefined) return
        const focused = document.activeElement
        const isOnPage =
          main.current?.contains(focused) === true || document.querySelector('[aria-modal]') !== null
        if (!isOnPage) main.current?.focus({ preventScroll: true })
      }),
    [router, main],
  )
}

/** Says the title of each page to those who do not see it change. */
function PageAnnouncer(): ReactElement {
  const title = useCrumbs().at(-1)?.label
  return (
    <div className="ts-hidden" aria-live="polite">
      {title}
    </div>
  )
}
