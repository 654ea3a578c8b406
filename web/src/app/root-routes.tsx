import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { NotFound, PageFailed } from './PageOutcomes.tsx'
import { RootFrame } from './RootFrame.tsx'
import { Shell } from './Shell.tsx'

export interface RouterContext {
  readonly queryClient: QueryClient
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: RootFrame,
  errorComponent: PageFailed,
  notFoundComponent: NotFound,
})

/** Parent of every page that needs a signed-in user; sends others to the sign-in page and back afterwards. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  errorComponent: PageFailed,
  notFoundComponent: NotFound,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true })
  },
})
