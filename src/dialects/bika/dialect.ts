import type { Access } from '../../modules/access/access.ts'
import type { Calculations } from '../../modules/lims/results/calculate-request.ts'
import type { Dialect } from '../../platform/http/dialect.ts'
import type { Catalogue } from '../../platform/records/catalogue.ts'
import { authenticate } from './authenticate.ts'
import { refuse } from './errors.ts'
import { loginRoutes } from './login.ts'
import { BIKA_SITE } from './owns.ts'
import { apiRoutes } from './routes.ts'
import type { Surroundings } from './surroundings.ts'
import { wireTypes } from './types/wire-types.ts'

export type BikaServices = {
  readonly access: Access
  readonly catalogue: Catalogue
  readonly calculations: Calculations
  /** where people reach the server; empty to take it from each request */
  readonly publicUrl: string
}

/** The documented JSON API of Bika LIMS, and the form by which its scripts log in. */
export function createBikaDialect({ access, catalogue, calculations, publicUrl }: BikaServices): Dialect {
  const around: Surroundings = {
    access,
    calculations,
    publicUrl,
    site: BIKA_SITE,
    types: wireTypes(catalogue),
  }
  return {
    refuse,
    plugin: async (app) => {
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      app.addHook('onRequest', (request) => authenticate(request, access))
      loginRoutes(app, around)
      apiRoutes(app, around)
    },
  }
}
