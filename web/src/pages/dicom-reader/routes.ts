import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

export const dicomReaderRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dicom/read',
  component: lazyRouteComponent(() => import('./ReaderPage.tsx'), 'ReaderPage'),
})
