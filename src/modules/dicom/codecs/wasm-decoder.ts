import { invalidInput } from '../../../core/refusal.ts'

/** The modules write to the console; what matters comes back as a refusal. */
export const QUIET = {
  print(_text: string): void {
    // Progress of the decoder.
  },
  printErr(_text: string): void {
    // Its complaints: the result is checked instead.
  },
}

export type WasmDecoded = {
  readonly bytes: Uint8Array
  readonly componentCount: number
  readonly bitsPerSample: number
}

/** Runs a decoder of a WebAssembly module and copies the result out of the module's memory. */
export function runWasmDecoder<D extends WasmDecoder>(
  Decoder: new () => D,
  encoded: Uint8Array,
): { readonly decoder: D; readonly decoded: WasmDecoded } {
  const decoder = new Decoder()
  decoder.getEncodedBuffer(encoded.length).set(encoded)
  decoder.decode()
  const { componentCount, bitsPerSample } = decoder.getFrameInfo()
  return {
    decoder,
    decoded: { bytes: new Uint8Array(decoder.getDecodedBuffer()), componentCount, bitsPerSample },
  }
}

/** Decoders may return an empty or short buffer instead of an error. */
export function requireLength(bytes: Uint8Array, expected: number): void {
  if (bytes.length === expected) return
  throw invalidInput('PixelData', `The decoder returned ${bytes.length} bytes instead of ${expected}.`)
}
