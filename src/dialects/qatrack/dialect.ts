import type { Access } from '../../modules/access/access.ts'
import type { PerformingContext } from '../../modules/machine-qa/performing/performing-context.ts'
import type { Dialect } from '../../platform/http/dialect.ts'
import type { Catalogue } from '../../platform/records/catalogue.ts'
import { allEndpoints } from './endpoints.ts'
import { refuse } from './errors.ts'
import type { Surroundings } from './exchange.ts'
import { getTokenRoute } from './get-token.ts'
import { mediaRoute } from './media.ts'
import { pageRoutes } from './pages.ts'
import { serveEndpoint } from './routes.ts'
import { type OtherApis, schemaRoute } from './schema/schema-route.ts'
import { createThrottle } from './throttle.ts'
import { keepBodiesRaw } from './wire/parse-body.ts'

export type QatrackServices = {
  readonly access: Access
  readonly catalogue: Catalogue
  readonly calculations: PerformingContext['calculations']
  /** where people reach the server; empty to take it from each request */
  readonly publicUrl: string
  /** requests a minute for each user; 0 for no limit */
  readonly throttlePerMinute: number
  /** what `/api/schema/` describes besides */
  readonly otherApis: OtherApis
}

/** The documented API of QATrack+ below `/api/`, its files and the addresses of its pages. */
export function createQatrackDialect(services: QatrackServices): Dialect {
  const { access, catalogue, calculations, publicUrl, throttlePerMinute } = services
  const endpoints = allEndpoints(catalogue, calculations)
  // one for all mounts: another spelling is no way around it
  const throttle = createThrottle(throttlePerMinute)
  return {
    refuse,
    plugin: async (app, { mount }) => {
      const around: Surroundings = { access, publicUrl, mount, throttle }
      keepBodiesRaw(app)
      getTokenRoute(app, access)
      for (const endpoint of endpoints) serveEndpoint(app, around, endpoint)
      schemaRoute(app, around, { catalogue, endpoints }, services.otherApis)
      mediaRoute(app, around)
      pageRoutes(app)
    },
  }
}
