import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

const machineQaRoute = createRoute({ getParentRoute: () => shellRoute, path: '/machine-qa' })

const performRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/perform/$assignment',
  component: lazyRouteComponent(() => import('./PerformPage.tsx'), 'PerformPage'),
})

const editRoute = createRoute({
  getParentRoute: () => machineQaRoute,
  path: '/sessions/$id/edit',
  component: lazyRouteComponent(() => import('./PerformPage.tsx'), 'EditSessionPage'),
})

/** Machine QA: what is due, performing it, and what came of it. */
export const machineQaRoutes = machineQaRoute.addChildren([performRoute, editRoute])
