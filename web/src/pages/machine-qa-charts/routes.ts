import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

/** Results over time. */
export const machineQaChartsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/charts',
  component: lazyRouteComponent(() => import('./ChartsPage.tsx'), 'ChartsPage'),
})
