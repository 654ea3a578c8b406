import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

/** Sessions that wait for a review. */
export const reviewQueueRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/review',
  component: lazyRouteComponent(() => import('./ReviewQueuePage.tsx'), 'ReviewQueuePage'),
})

/** One of them after the other. */
export const reviewSessionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/review/$id',
  component: lazyRouteComponent(() => import('./ReviewSessionPage.tsx'), 'ReviewSessionPage'),
})
