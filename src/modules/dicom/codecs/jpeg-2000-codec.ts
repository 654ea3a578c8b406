import loadOpenJpeg from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import loadOpenJph from '@cornerstonejs/codec-openjph/wasmjs'
import { QUIET, runWasmDecoder } from './wasm-decoder.ts'

let loadingOpenJpeg: ReturnType<typeof loadOpenJpeg> | undefined
let loadingOpenJph: ReturnType<typeof loadOpenJph> | undefined

/** Decodes a JPEG 2000 codestream to interleaved components in little endian, its transform undone. */
export async function decodeJpeg2000(encoded: Uint8Array): Promise<Uint8Array> {
  loadingOpenJpeg ??= loadOpenJpeg(QUIET)
  const { J2KDecoder } = await loadingOpenJpeg
  const { decoder, decoded } = runWasmDecoder(J2KDecoder, encoded)
  decoder.delete()
  return decoded.bytes
}

/** Decodes a High-Throughput JPEG 2000 codestream (ITU-T T.814) likewise. */
export async function decodeHtj2k(encoded: Uint8Array): Promise<Uint8Array> {
  loadingOpenJph ??= loadOpenJph(QUIET)
  const { HTJ2KDecoder } = await loadingOpenJph
  const { decoder, decoded } = runWasmDecoder(HTJ2KDecoder, encoded)
  decoder.delete()
  return decoded.bytes
}
