import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

export const dicomGenerateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dicom/generate',
  component: lazyRouteComponent(() => import('./GeneratePage.tsx'), 'GeneratePage'),
})
