import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

const researchRoute = createRoute({ getParentRoute: () => shellRoute, path: '/research' })

const overviewRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
})

const samplesRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/samples',
  component: lazyRouteComponent(() => import('./SampleListPage.tsx'), 'SampleListPage'),
})

const newSampleRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/samples/new',
  component: lazyRouteComponent(() => import('./SampleFormPage.tsx'), 'NewSamplePage'),
})

const sampleRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/samples/$id',
  component: lazyRouteComponent(() => import('./SamplePage.tsx'), 'SamplePage'),
})

const changeSampleRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/samples/$id/change',
  component: lazyRouteComponent(() => import('./SampleFormPage.tsx'), 'ChangeSamplePage'),
})

const stepRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/samples/$id/step',
  component: lazyRouteComponent(() => import('./StepPage.tsx'), 'StepPage'),
})

const experimentsRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/experiments',
  component: lazyRouteComponent(() => import('./ExperimentListPage.tsx'), 'ExperimentListPage'),
})

const newExperimentRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/experiments/new',
  component: lazyRouteComponent(() => import('./ExperimentFormPage.tsx'), 'NewExperimentPage'),
})

const experimentRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/experiments/$id',
  component: lazyRouteComponent(() => import('./ExperimentPage.tsx'), 'ExperimentPage'),
})

const changeExperimentRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/experiments/$id/change',
  component: lazyRouteComponent(() => import('./ExperimentFormPage.tsx'), 'ChangeExperimentPage'),
})

/** Where a label leads: the id that stands on it, not the number of the row. */
const scannedRoute = createRoute({
  getParentRoute: () => researchRoute,
  path: '/samples/by-id/$sampleId',
  component: lazyRouteComponent(() => import('./ScannedSamplePage.tsx'), 'ScannedSamplePage'),
})

/** Samples and what was done with them. */
export const researchRoutes = researchRoute.addChildren([
  overviewRoute,
  samplesRoute,
  newSampleRoute,
  sampleRoute,
  changeSampleRoute,
  stepRoute,
  scannedRoute,
  experimentsRoute,
  newExperimentRoute,
  experimentRoute,
  changeExperimentRoute,
])
