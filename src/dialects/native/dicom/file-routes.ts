import type { FastifyInstance } from 'fastify'
import { openCodecPool } from '../../../modules/dicom/codecs/codec-pool.ts'
import { openFileThreads } from '../../../modules/dicom/threads/file-threads.ts'
import { generateRoutes } from './generate-routes.ts'
import { readerRoutes } from './reader-routes.ts'

/** Reading and generating files. Their threads start with the first file and end with the server. */
export function fileRoutes(app: FastifyInstance): void {
  const pool = openCodecPool()
  const threads = openFileThreads(pool)
  app.addHook('onClose', async () => {
    await threads.close()
    await pool.close()
  })
  readerRoutes(app, threads)
  generateRoutes(app, threads)
}
