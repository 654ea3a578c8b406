import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lims',
  component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
})

const samplesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lims/samples',
  component: lazyRouteComponent(() => import('./SampleListPage.tsx'), 'SampleListPage'),
})

const registerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lims/samples/new',
  component: lazyRouteComponent(() => import('./RegisterPage.tsx'), 'RegisterPage'),
})

const sampleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lims/samples/$id',
  component: lazyRouteComponent(() => import('./SamplePage.tsx'), 'SamplePage'),
})

const receiveRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lims/receive',
  component: lazyRouteComponent(() => import('./ReceivePage.tsx'), 'ReceivePage'),
})

const worksheetsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lims/worksheets',
  component: lazyRouteComponent(() => import('./WorksheetListPage.tsx'), 'WorksheetListPage'),
})

const worksheetRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lims/worksheets/$id',
  component: lazyRouteComponent(() => import('./WorksheetPage.tsx'), 'WorksheetPage'),
})

const setUpRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lims/set-up',
  component: lazyRouteComponent(() => import('./SetUpPage.tsx'), 'SetUpPage'),
})

/** The laboratory: samples, worksheets, results. */
export const limsRoutes = [
  overviewRoute,
  samplesRoute,
  registerRoute,
  sampleRoute,
  receiveRoute,
  worksheetsRoute,
  worksheetRoute,
  setUpRoute,
] as const
