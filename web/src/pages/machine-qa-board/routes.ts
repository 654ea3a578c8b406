import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../../api/session.ts'
import { rootRoute } from '../../app/root-routes.tsx'

/** A wall screen: no rail, no top bar; whoever is not signed in is asked first. */
export const boardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/board/machine-qa',
  component: lazyRouteComponent(() => import('./BoardPage.tsx'), 'BoardPage'),
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true })
  },
})
