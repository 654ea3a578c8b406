import { open } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { meterUse } from '../../../modules/dicom/meter-use.ts'
import type { FileThreads } from '../../../modules/dicom/threads/file-threads.ts'
import { viewUploadedFile } from '../../../modules/dicom/view-file.ts'
import { receiveUpload, type Upload } from './receive-upload.ts'
import { sendParts } from './send-parts.ts'

/** `POST /api/v1/dicom/read`: elements and frames of an uploaded file or archive, of which nothing is kept. */
export function readerRoutes(app: FastifyInstance, threads: FileThreads): void {
  app.post('/api/v1/dicom/read', async (request, reply) => {
    // calls with an API key count as those of the documented API do; people at the page are not counted
    const use = await meterUse(request.ctx, 'read')
    const upload = await receiveUpload(request)
    reply.raw.once('close', () => {
      if (reply.statusCode >= 500) void use?.giveBack()
    })
    reply.headers({ 'content-type': 'application/octet-stream', 'cache-control': 'private, no-store' })
    return sendParts(reply, viewUploadedFile(request.ctx, threads, await taskOf(upload)), upload.remove)
  })
}

/** An archive is one by its first bytes, whatever its name. */
async function taskOf(upload: Upload): Promise<{ readonly path: string; readonly name: string }> {
  const file = upload.files.find(({ part }) => part === 'file')
  if (!file || file.bytes === 0) {
    await upload.remove()
    throw invalidInput('file', file ? 'The file is empty.' : 'Send a file.')
  }
  const isArchive = await beginsLikeArchive(file.path)
  const plain = file.name.replace(/\.zip$/i, '')
  return { path: file.path, name: isArchive ? `${plain}.zip` : plain }
}

async function beginsLikeArchive(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('latin1') === 'PK\x03\x04'
  } finally {
    await handle.close()
  }
}
