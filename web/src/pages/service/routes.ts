import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/service',
  component: lazyRouteComponent(() => import('./ServiceListPage.tsx'), 'ServiceListPage'),
})

const newRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/service/new',
  component: lazyRouteComponent(() => import('./ServiceFormPage.tsx'), 'NewServicePage'),
})

const eventRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/service/$id',
  component: lazyRouteComponent(() => import('./ServiceEventPage.tsx'), 'ServiceEventPage'),
})

const editRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/service/$id/edit',
  component: lazyRouteComponent(() => import('./ServiceFormPage.tsx'), 'EditServicePage'),
})

const availabilityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/availability',
  component: lazyRouteComponent(() => import('./AvailabilityPage.tsx'), 'AvailabilityPage'),
})

const partsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/parts',
  component: lazyRouteComponent(() => import('./PartListPage.tsx'), 'PartListPage'),
})

const partRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/parts/$id',
  component: lazyRouteComponent(() => import('./PartPage.tsx'), 'PartPage'),
})

/** Service of units: what was done, what it cost, and the parts for it. */
export const serviceRoutes = [
  listRoute,
  newRoute,
  eventRoute,
  editRoute,
  availabilityRoute,
  partsRoute,
  partRoute,
]
