import loadCharls from '@cornerstonejs/codec-charls/decodewasmjs'
import { interleave } from '../domain/stored-frame.ts'
import { QUIET, runWasmDecoder } from './wasm-decoder.ts'

let loading: ReturnType<typeof loadCharls> | undefined

/** Decodes a JPEG-LS frame to interleaved components in little endian, whatever its interleave mode. */
export async function decodeJpegLs(encoded: Uint8Array): Promise<Uint8Array> {
  loading ??= loadCharls(QUIET)
  const { JpegLSDecoder } = await loading
  const { decoder, decoded } = runWasmDecoder(JpegLSDecoder, encoded)
  const byPlane = decoder.getInterleaveMode() === 0 && decoded.componentCount > 1
  decoder.delete()
  if (!byPlane) return decoded.bytes
  return decoded.bitsPerSample > 8
    ? new Uint8Array(interleave(new Uint16Array(decoded.bytes.buffer), decoded.componentCount).buffer)
    : interleave(decoded.bytes, decoded.componentCount)
}
