import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/faults',
  component: lazyRouteComponent(() => import('./FaultListPage.tsx'), 'FaultListPage'),
})

const faultRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/faults/$id',
  component: lazyRouteComponent(() => import('./FaultPage.tsx'), 'FaultPage'),
})

/** Faults that units showed, and their review. */
export const faultRoutes = [listRoute, faultRoute]
