import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

/** Every component with sample data; linked from nowhere, looked at by browser tests and by people building pages. */
export const galleryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/gallery',
  component: lazyRouteComponent(() => import('./GalleryPage.tsx'), 'GalleryPage'),
})
