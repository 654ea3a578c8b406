import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

const reportsRoute = createRoute({ getParentRoute: () => shellRoute, path: '/reports' })

const indexRoute = createRoute({
  getParentRoute: () => reportsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./ReportsPage.tsx'), 'ReportsPage'),
})

const newRoute = createRoute({
  getParentRoute: () => reportsRoute,
  path: '/new',
  component: lazyRouteComponent(() => import('./ReportPage.tsx'), 'NewReportPage'),
})

const documentsRoute = createRoute({
  getParentRoute: () => reportsRoute,
  path: '/documents',
  component: lazyRouteComponent(() => import('./DocumentsPage.tsx'), 'DocumentsPage'),
})

const reportRoute = createRoute({
  getParentRoute: () => reportsRoute,
  path: '/$id',
  component: lazyRouteComponent(() => import('./ReportPage.tsx'), 'SavedReportPage'),
})

/** Reports, what of them is sent by itself, and documents that were given out. */
export const reportRoutes = reportsRoute.addChildren([indexRoute, newRoute, documentsRoute, reportRoute])
