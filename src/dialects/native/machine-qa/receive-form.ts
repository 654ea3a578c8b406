import type { FastifyRequest } from 'fastify'
import type { ReceivedFile } from '../../../modules/machine-qa/performing/received-file.ts'

/** A multipart form in memory, within the limits that the plugin was registered with. */
export type ReceivedForm = {
  readonly fields: ReadonlyMap<string, string>
  readonly files: readonly ReceivedFile[]
}

export async function receiveForm(request: FastifyRequest): Promise<ReceivedForm> {
  const fields = new Map<string, string>()
  const files: ReceivedFile[] = []
  for await (const part of request.parts()) {
    if (part.type === 'file') files.push({ name: part.filename, content: await part.toBuffer() })
    else fields.set(part.fieldname, String(part.value))
  }
  return { fields, files }
}
