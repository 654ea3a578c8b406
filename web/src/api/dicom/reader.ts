import type { WireViewPart } from '../../../../src/dialects/native/dicom/reader.schema.ts'
import { ApiError } from '../api-error.ts'
import { requestStream } from '../client.ts'
import { openPartReader } from './part-stream.ts'

/**
 * Has a file or archive taken apart by the server, which keeps nothing of it.
 *
 * @param onPart is told of each part as it arrives
 * @throws ApiError when the file is refused, or the answer breaks off
 */
export async function readDicomFile(
  file: Blob & { readonly name?: string },
  onPart: (part: WireViewPart, payload: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  const form = new FormData()
  form.append('file', file, file.name ?? 'file.dcm')
  const response = await requestStream('/dicom/read', { method: 'POST', body: form, signal })
  // the shape is the contract of the same release's server
  const reader = openPartReader((head, payload) => onPart(head as WireViewPart, payload))
  const stream = response.body?.getReader()
  for (;;) {
    const chunk = await stream?.read()
    if (chunk === undefined || chunk.done) break
    reader.push(chunk.value)
  }
  if (!reader.isComplete()) {
    throw new ApiError({ kind: 'unreachable', status: 0, message: 'The answer broke off before its end.' })
  }
}
