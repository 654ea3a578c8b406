import { constants, inflateRawSync, inflateSync } from 'node:zlib'
import { invalidInput } from '../../../core/refusal.ts'

/**
 * Inflates the data set of a deflated file: raw DEFLATE (PS3.5 annex A.5), or wrapped by zlib as some writers
 * do. What a cut stream holds is returned as far as it goes.
 *
 * @param most bytes that the result may have
 * @throws RefusedError `invalid-input` if the result would be larger or the bytes are no DEFLATE stream
 */
export function inflateDataSet(bytes: Buffer, most: number): Buffer {
  const options = { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH }
  const raw = tryInflate(() => inflateRawSync(bytes, options))
  if (raw) return raw
  const wrapped = tryInflate(() => inflateSync(bytes, options))
  if (wrapped) return wrapped
  throw invalidInput('file', 'The deflated data set is damaged.')
}

/** The result, or undefined where zlib says that the bytes are not in its format. */
function tryInflate(inflate: () => Buffer): Buffer | undefined {
  try {
    return inflate()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw invalidInput('file', 'The deflated data set is too large.')
    }
    if (String(error.code).startsWith('Z_')) return undefined
    throw error
  }
}
