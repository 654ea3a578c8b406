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

/** Machine QA: units and what is due on them, performing it and what came of it. */
export const machineQaRoutes = machineQaRoute.addChildren([
  unitsRoute,
  workRoute,
  unitRoute,
  performRoute,
  sessionsRoute,
  sessionRoute,
  editRoute,
  testRoute,
])
