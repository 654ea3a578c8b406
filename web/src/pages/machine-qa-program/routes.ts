import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-routes.tsx'

/** What is due, done and overdue in the whole department. */
export const programRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/program',
  component: lazyRouteComponent(() => import('./ProgramPage.tsx'), 'ProgramPage'),
})

export const calendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/machine-qa/calendar',
  component: lazyRouteComponent(() => import('./CalendarPage.tsx'), 'CalendarPage'),
})
