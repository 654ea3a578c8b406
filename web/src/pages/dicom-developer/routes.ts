import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

export const dicomDeveloperRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dicom/developer',
  component: lazyRouteComponent(() => import('./DeveloperPage.tsx'), 'DeveloperPage'),
})
