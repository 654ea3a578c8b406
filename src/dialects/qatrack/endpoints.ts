import type { PerformingContext } from '../../modules/machine-qa/performing/performing-context.ts'
import type { Catalogue } from '../../platform/records/catalogue.ts'
import { compositeEndpoint } from './calls/composite-endpoint.ts'
import { searchEndpoints } from './calls/search-endpoints.ts'
import { uploadEndpoint } from './calls/upload-endpoint.ts'
import type { Endpoint } from './endpoint.ts'
import { withGroupWrites } from './groups/group-endpoints.ts'
import { ATTACHMENTS, COMMENTS } from './resources/attachment-resources.ts'
import { AUTH_RESOURCES } from './resources/auth-resources.ts'
import { FAULT_RESOURCES } from './resources/fault-resources.ts'
import { contentTypeEndpoints, rootEndpoints } from './resources/other-endpoints.ts'
import { PART_RESOURCES } from './resources/part-resources.ts'
import { PERMISSIONS } from './resources/permission-filters.ts'
import { QA_RESOURCES } from './resources/qa-resources.ts'
import { resourceEndpoints } from './resources/resource-endpoints.ts'
import { SERVICE_RESOURCES } from './resources/service-resources.ts'
import { UNIT_RESOURCES } from './resources/unit-resources.ts'
import type { WireResource } from './resources/wire-resource.ts'
import { withPerforming } from './sessions/session-endpoints.ts'
import { withWrites } from './writes/write-endpoints.ts'

const SHOWN: readonly WireResource[] = [
  ...UNIT_RESOURCES,
  ...AUTH_RESOURCES,
  ATTACHMENTS,
  COMMENTS,
  ...QA_RESOURCES,
  ...SERVICE_RESOURCES,
  ...PART_RESOURCES,
  ...FAULT_RESOURCES,
]

/** Every address of the API that goes through the documented order of checks. */
export function allEndpoints(
  catalogue: Catalogue,
  calculations: PerformingContext['calculations'],
): readonly Endpoint[] {
  const resources = new Map([...SHOWN, PERMISSIONS].map((resource) => [resource.path, resource]))
  const shown = SHOWN.flatMap((resource) =>
    resourceEndpoints(catalogue, resources, resource).map((endpoint) => {
      switch (resource.path) {
        case 'qa/testlistinstances':
          return withPerforming(endpoint, calculations)
        case 'auth/groups':
          return withGroupWrites(endpoint, resource)
        default:
          return withWrites(endpoint, catalogue, resources)
      }
    }),
  )
  return [
    ...rootEndpoints(),
    ...shown,
    ...contentTypeEndpoints(),
    ...searchEndpoints(),
    compositeEndpoint(calculations),
    uploadEndpoint(calculations),
  ]
}
