import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PlacedInstance } from '../../modules/dicom/domain/stored-study.ts'
import { instancesAt, modelsOf } from '../../modules/dicom/retrieve-images.ts'
import { requireJson } from './accept.ts'
import type { DicomwebService } from './dialect.ts'
import { isFresh, tagOfInstances } from './entity-tag.ts'
import { type ByPlace, PLACES, placeOf } from './places.ts'
import { serviceBase } from './service-base.ts'

/** WADO-RS: metadata in the DICOM JSON model, from the database alone (PS3.18 10.4.1.1.2). */
export function metadataRoutes(app: FastifyInstance, service: DicomwebService): void {
  for (const place of PLACES) {
    app.get<ByPlace>(`/dicom-web${place}/metadata`, async (request, reply) => {
      requireJson(request)
      const instances = await instancesAt(request.ctx, placeOf(request.params))
      const tag = tagOfInstances(instances)
      reply.headers({ etag: tag, 'cache-control': 'private, no-cache' })
      if (isFresh(request, tag)) return reply.code(304).send()
      return reply
        .type('application/dicom+json')
        .send(Readable.from(jsonParts(request, instances, serviceBase(request, service))))
    })
  }
}

/** Addresses of bulk data are kept relative to their instance, and no value of an attribute can look like this. */
const RELATIVE = '"BulkDataURI":"'

async function* jsonParts(
  { ctx }: FastifyRequest,
  instances: readonly PlacedInstance[],
  base: string,
): AsyncGenerator<string> {
  let separator = '['
  for await (const { instance, model } of modelsOf(ctx, instances)) {
    const { studyUid, seriesUid, uid } = instance
    const address = `${base}/studies/${studyUid}/series/${seriesUid}/instances/${uid}/`
    yield `${separator}${model.replaceAll(RELATIVE, `${RELATIVE}${address}`)}`
    separator = ','
  }
  yield ']'
}
