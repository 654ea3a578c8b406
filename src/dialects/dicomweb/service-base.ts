import type { FastifyRequest } from 'fastify'

/** The address of the service as the client wrote it, or the public one. */
export function serviceBase(
  request: FastifyRequest,
  { mount, publicUrl }: { readonly mount: string; readonly publicUrl: string },
): string {
  const origin = publicUrl || `${request.protocol}://${request.host}`
  return `${origin.replace(/\/$/, '')}${mount}/dicom-web`
}
