import fastifyMultipart from '@fastify/multipart'
import type { Access } from '../../modules/access/access.ts'
import type { ResearchServices } from '../../modules/research/research-services.ts'
import type { Dialect } from '../../platform/http/dialect.ts'
import { openApiRoutes } from '../../platform/http/openapi-routes.ts'
import { requestOrigin } from '../../platform/http/origin.ts'
import { detail, WireError } from '../../platform/http/wire-error.ts'
import { refuse } from './errors.ts'
import { experimentRoutes } from './experiments.ts'
import { lookupRoutes } from './lookups.ts'
import { mediaRoutes } from './media.ts'
import { DMLF_OPENAPI } from './openapi.ts'
import { sampleTypeInfoRoutes } from './sample-type-info.ts'
import { sampleRoutes } from './samples.ts'
import type { DmlfSurroundings } from './surroundings.ts'
import { tokenRoutes } from './tokens.ts'

export type DmlfServices = {
  readonly access: Access
  readonly research: ResearchServices
  /** where people reach the server; empty to take it from each request */
  readonly publicUrl: string
}

/** A form of the documented API has a dozen fields and two files. */
const FORM_LIMITS = { files: 5, fields: 100, fieldSize: 2 ** 20, parts: 105 }

/** The documented API of the Data Mining Lab Freiberg, its files and the addresses on labels. */
export function createDmlfDialect({ access, research, publicUrl }: DmlfServices): Dialect {
  return {
    refuse,
    plugin: async (app, { mount }) => {
      const around: DmlfSurroundings = {
        access,
        research,
        mount,
        rootOf: (request) => requestOrigin(request, publicUrl) + mount,
      }
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      await app.register(fastifyMultipart, {
        limits: { ...FORM_LIMITS, fileSize: research.largestFileBytes },
      })
      tokenRoutes(app, around)
      // at the root one document describes all documented APIs
      if (mount !== '') openApiRoutes(app, DMLF_OPENAPI, around.rootOf)
      lookupRoutes(app, around)
      sampleRoutes(app, around)
      experimentRoutes(app, around)
      sampleTypeInfoRoutes(app, around)
      mediaRoutes(app, around)
      // it was a page for administrators, and never a part of the API
      app.all('/staff', async () => refuseStaff())
      app.all('/staff/*', async () => refuseStaff())
      app.get<{ Params: { id: string } }>('/s/:id', (request, reply) =>
        reply.redirect(`/app/research/samples/by-id/${encodeURIComponent(request.params.id)}`),
      )
    },
  }
}

function refuseStaff(): never {
  throw new WireError(403, detail('You do not have permission to perform this action.'))
}
