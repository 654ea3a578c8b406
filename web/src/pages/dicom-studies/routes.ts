import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

const studiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dicom/studies',
  component: lazyRouteComponent(() => import('./StudyListPage.tsx'), 'StudyListPage'),
})

const studyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dicom/studies/$study',
  component: lazyRouteComponent(() => import('./StudyPage.tsx'), 'StudyPage'),
})

/** The image store: studies, their series and pictures. */
export const dicomStudyRoutes = [studiesRoute, studyRoute] as const
