import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

const machineQaRoute = createRoute({ getParentRoute: () => shellRoute, path: '/machine-qa' })

const unitsRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./UnitsPage.tsx'), 'UnitsPage'),
})

const workRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/work',
  component: lazyRouteComponent(() => import('./WorkListPage.tsx'), 'WorkListPage'),
})

const unitRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/units/$id',
  component: lazyRouteComponent(() => import('./UnitPage.tsx'), 'UnitPage'),
})

const copyRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/units/$id/copy',
  component: lazyRouteComponent(() => import('./CopyPage.tsx'), 'CopyPage'),
})

const performRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/perform/$assignment',
  component: lazyRouteComponent(() => import('./PerformPage.tsx'), 'PerformPage'),
})

const sessionsRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./SessionListPage.tsx'), 'SessionListPage'),
})

const sessionRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/sessions/$id',
  component: lazyRouteComponent(() => import('./SessionPage.tsx'), 'SessionPage'),
})

const editRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/sessions/$id/edit',
  component: lazyRouteComponent(() => import('./PerformPage.tsx'), 'EditSessionPage'),
})

const testRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/tests/$id',
  component: lazyRouteComponent(() => import('./TestPage.tsx'), 'TestPage'),
})

const listOrderRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/test-lists/$id/order',
  component: lazyRouteComponent(() => import('./ArrangePage.tsx'), 'ArrangeListPage'),
})

const cycleOrderRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/test-list-cycles/$id/order',
  component: lazyRouteComponent(() => import('./ArrangePage.tsx'), 'ArrangeCyclePage'),
})

/** Machine QA: units and what is due on them, performing it, what came of it, and what the generic forms cannot set up. */
export const machineQaRoutes = machineQaRoute.addChildren([
  unitsRoute,
  workRoute,
  unitRoute,
  copyRoute,
  performRoute,
  sessionsRoute,
  sessionRoute,
  editRoute,
  testRoute,
  listOrderRoute,
  cycleOrderRoute,
])
