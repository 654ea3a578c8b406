import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../../api/session.ts'
import { rootRoute, shellRoute } from '../../app/root-routes.tsx'

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/quality',
  component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
})

const reportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/quality/$report',
  component: lazyRouteComponent(() => import('./ReportPage.tsx'), 'ReportPage'),
})

/** Quality reports: all of them, and one. */
export const qualityRoutes = [overviewRoute, reportRoute] as const

/** A report on a wall screen: no rail, no top bar; whoever is not signed in is asked first. */
export const qualityBoardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/board/quality/$report',
  component: lazyRouteComponent(() => import('./BoardPage.tsx'), 'BoardPage'),
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true })
  },
})
