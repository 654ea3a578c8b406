import { createRouter } from '@tanstack/react-router'
import { queryClient } from '../api/query-client.ts'
import { accessRoutes } from '../pages/access/routes.ts'
import { accountRoute } from '../pages/account/routes.ts'
import { adminRoutes } from '../pages/admin/routes.ts'
import { dicomDeveloperRoute } from '../pages/dicom-developer/routes.ts'
import { dicomGenerateRoute } from '../pages/dicom-generate/routes.ts'
import { dicomReaderRoute } from '../pages/dicom-reader/routes.ts'
import { dicomStudyRoutes } from '../pages/dicom-studies/routes.ts'
import { faultRoutes } from '../pages/faults/routes.ts'
import { galleryRoute } from '../pages/gallery/routes.ts'
import { limsRoutes } from '../pages/lims/routes.ts'
import { machineQaRoutes } from '../pages/machine-qa/routes.ts'
import { boardRoute } from '../pages/machine-qa-board/routes.ts'
import { machineQaChartsRoute } from '../pages/machine-qa-charts/routes.ts'
import { calendarRoute, programRoute } from '../pages/machine-qa-program/routes.ts'
import { reviewQueueRoute, reviewSessionRoute } from '../pages/machine-qa-review/routes.ts'
import { qualityBoardRoute, qualityRoutes } from '../pages/quality/routes.ts'
import { reportRoutes } from '../pages/reports/routes.ts'
import { researchRoutes } from '../pages/research/routes.ts'
import { serviceRoutes } from '../pages/service/routes.ts'
import { startRoute } from '../pages/start/routes.ts'
import { testPacksRoute } from '../pages/test-packs/routes.ts'
import { APP_BASE } from '../ui/app-path.ts'
import { parseSearchText, stringifySearchText } from '../ui/search-text.ts'
import { dicomIndexRoute } from './dicom-index.ts'
import { rootRoute, shellRoute } from './root-routes.tsx'

const routeTree = rootRoute.addChildren([
  ...accessRoutes,
  boardRoute,
  qualityBoardRoute,
  shellRoute.addChildren([
    startRoute,
    machineQaRoutes,
    ...serviceRoutes,
    ...faultRoutes,
    machineQaChartsRoute,
    reviewQueueRoute,
    reviewSessionRoute,
    programRoute,
    calendarRoute,
    dicomIndexRoute,
    dicomDeveloperRoute,
    dicomReaderRoute,
    dicomGenerateRoute,
    ...dicomStudyRoutes,
    researchRoutes,
    testPacksRoute,
    ...qualityRoutes,
    ...limsRoutes,
    reportRoutes,
    accountRoute,
    adminRoutes,
    galleryRoute,
  ]),
])

export const router = createRouter({
  routeTree,
  basepath: APP_BASE,
  context: { queryClient },
  parseSearch: parseSearchText,
  stringifySearch: stringifySearchText,
  defaultPreload: 'intent',
  defaultPendingMs: 250,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
