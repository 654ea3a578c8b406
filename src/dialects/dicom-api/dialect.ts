import fastifyMultipart from '@fastify/multipart'
import type { Access } from '../../modules/access/access.ts'
import { openCodecPool } from '../../modules/dicom/codecs/codec-pool.ts'
import { openFileThreads } from '../../modules/dicom/threads/file-threads.ts'
import type { Dialect } from '../../platform/http/dialect.ts'
import { openApiRoutes } from '../../platform/http/openapi-routes.ts'
import { requestOrigin } from '../../platform/http/origin.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { dictionaryRoutes } from './dictionary.ts'
import { refuse } from './errors.ts'
import { generateFileRoute } from './generate-file.ts'
import { giveBackFailed } from './meter.ts'
import { DICOM_API_OPENAPI } from './openapi.ts'
import { profileRoutes } from './profiles.ts'
import { readFileRoute } from './read-file.ts'
import { registrationRoute } from './registration.ts'
import { tokenRoutes } from './tokens.ts'

/** A form with a field for every keyword. */
const FORM_LIMITS = { files: 100, fields: 6000, fieldSize: 2 ** 20, parts: 6100 }

const LARGEST_UPLOAD = 512 * 2 ** 20

export type DicomApiServices = {
  readonly access: Access
  /** bytes that one file may have; half a gigabyte unless given */
  readonly largestUpload?: number
  /** whether anybody may make an account; nobody unless given */
  readonly registration?: 'open' | 'closed'
  /** where people reach the server; empty to take it from each request */
  readonly publicUrl?: string
}

/** The documented DICOM API: tokens, developer profiles, API keys, the dictionary, reading and generating files. */
export function createDicomApiDialect({
  access,
  largestUpload = LARGEST_UPLOAD,
  registration = 'closed',
  publicUrl = '',
}: DicomApiServices): Dialect {
  // their threads start with the first file and end with the server
  const pool = openCodecPool()
  const threads = openFileThreads(pool)
  return {
    refuse,
    plugin: async (app, { mount }) => {
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      await app.register(fastifyMultipart, { limits: { ...FORM_LIMITS, fileSize: largestUpload } })
      app.addHook('onResponse', giveBackFailed)
      app.addHook('onClose', async () => {
        await threads.close()
        await pool.close()
      })
      tokenRoutes(app, access, mount)
      // at the root one document describes all documented APIs
      if (mount !== '')
        openApiRoutes(app, DICOM_API_OPENAPI, (request) => requestOrigin(request, publicUrl) + mount)
      if (registration === 'open') registrationRoute(app, access)
      profileRoutes(app, access)
      apiKeyRoutes(app, access)
      dictionaryRoutes(app)
      readFileRoute(app, access, threads)
      generateFileRoute(app, access, threads)
    },
  }
}
