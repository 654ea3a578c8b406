import type { FastifyRequest } from 'fastify'
import { requestOrigin } from '../../platform/http/origin.ts'

/** The address of the service as the client wrote it, or the public one. */
export function serviceBase(
  request: FastifyRequest,
  { mount, publicUrl }: { readonly mount: string; readonly publicUrl: string },
): string {
  return `${requestOrigin(request, publicUrl)}${mount}/dicom-web`
}
