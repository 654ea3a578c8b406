import { createRoute, redirect } from '@tanstack/react-router'
import { holds, sessionQuery } from '../api/session.ts'
import { shellRoute } from './root-routes.tsx'

/** `/dicom` is the first page of the part that the reader may enter. */
export const dicomIndexRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dicom',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    const seesStudies = session !== null && holds(session.user, 'dicom.study.view')
    throw redirect({ href: seesStudies ? '/dicom/studies' : '/dicom/read', replace: true })
  },
})
