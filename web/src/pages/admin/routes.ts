import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { metaQuery } from '../../api/record-meta.ts'
import { shellRoute } from '../../app/root-routes.tsx'

const adminRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin',
  loader: ({ context }) => context.queryClient.ensureQueryData(metaQuery),
})

const indexRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./RecordIndexPage.tsx'), 'RecordIndexPage'),
})

const jobsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./JobsPage.tsx'), 'JobsPage'),
})

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/$record',
  component: lazyRouteComponent(() => import('./RecordListPage.tsx'), 'RecordListPage'),
})

const newRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/$record/new',
  component: lazyRouteComponent(() => import('./NewRecordPage.tsx'), 'NewRecordPage'),
})

const recordRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/$record/$id',
  component: lazyRouteComponent(() => import('./RecordPage.tsx'), 'RecordPage'),
})

/** Generic administration: every declared record as list and form. */
export const adminRoutes = adminRoute.addChildren([indexRoute, jobsRoute, listRoute, newRoute, recordRoute])
