import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

/** Packs of tests, lists and cycles that sites give one another. */
export const testPacksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/test-packs',
  component: lazyRouteComponent(() => import('./TestPacksPage.tsx'), 'TestPacksPage'),
})
