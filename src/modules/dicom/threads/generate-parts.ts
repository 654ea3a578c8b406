import { randomUUID } from 'node:crypto'
import { readPicture } from '../codecs/read-picture.ts'
import { makeSecondaryCapture, type Picture } from '../domain/secondary-capture.ts'
import { EXPLICIT_LITTLE_ENDIAN } from '../domain/transfer-syntax.ts'
import { uidOfUuid } from '../domain/uid.ts'
import { dicomFileChunks } from '../domain/write-file.ts'
import type { GenerateTask } from './file-task.ts'

/**
 * A Secondary Capture file of uploaded pictures in parts.
 *
 * @throws RefusedError `invalid-input` with the first bad field
 */
export async function* generateParts({ images, fields, now }: GenerateTask): AsyncGenerator<Buffer> {
  const pictures: Picture[] = []
  for (const image of images) pictures.push(await readPicture(image))
  const newUid = () => uidOfUuid(randomUUID())
  yield* dicomFileChunks(makeSecondaryCapture({ pictures, fields, newUid, now }), EXPLICIT_LITTLE_ENDIAN)
}
