import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Context as ContextType, NativeCodecs as NativeCodecsType } from 'dcmjs-codecs'
import { invalidInput } from '../../../core/refusal.ts'
import type { PixelDescription } from '../domain/pixel-description.ts'

type Library = { readonly Context: typeof ContextType; readonly NativeCodecs: typeof NativeCodecsType }

let loading: Promise<Library> | undefined

/** The library is one CommonJS bundle that finds its WebAssembly only by an explicit path. */
async function load(): Promise<Library> {
  const require = createRequire(import.meta.url)
  const library: Library = require('dcmjs-codecs')
  await library.NativeCodecs.initializeAsync({
    webAssemblyModulePathOrUrl: join(dirname(require.resolve('dcmjs-codecs')), 'dcmjs-native-codecs.wasm'),
    logCodecsInfo: false,
    logCodecsTrace: false,
  })
  return library
}

export function loadNativeCodecs(): Promise<Library> {
  loading ??= load()
  return loading
}

/** A frame as the library wants it; samples interleaved, words little endian. */
export function makeContext({ Context }: Library, pixels: PixelDescription): ContextType {
  return new Context({
    width: pixels.columns,
    height: pixels.rows,
    bitsAllocated: pixels.bitsAllocated,
    bitsStored: pixels.bitsStored,
    samplesPerPixel: pixels.samplesPerPixel,
    pixelRepresentation: pixels.signed ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation: pixels.photometric,
  })
}

/** Decodes any JPEG process (baseline, extended, lossless) to the components as coded. */
export async function decodeJpeg(encoded: Uint8Array, pixels: PixelDescription): Promise<Uint8Array> {
  const library = await loadNativeCodecs()
  const context = makeContext(library, pixels)
  context.setEncodedBuffer(encoded)
  return takeDecoded(library.NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: false }))
}

/** The second decoder of JPEG 2000, for codestreams at which the first one gives up. */
export async function decodeJpeg2000Again(
  encoded: Uint8Array,
  pixels: PixelDescription,
): Promise<Uint8Array> {
  const library = await loadNativeCodecs()
  const context = makeContext(library, pixels)
  context.setEncodedBuffer(encoded)
  return takeDecoded(library.NativeCodecs.decodeJpeg2000(context))
}

/** Decodes a JPEG XL frame (PS3.5 annex A.4.12). */
export async function decodeJpegXl(encoded: Uint8Array, pixels: PixelDescription): Promise<Uint8Array> {
  const library = await loadNativeCodecs()
  const context = makeContext(library, pixels)
  context.setEncodedBuffer(encoded)
  return takeDecoded(library.NativeCodecs.decodeJpegXl(context))
}

function takeDecoded(context: ContextType): Uint8Array {
  const decoded = context.getDecodedBuffer()
  if (!decoded) throw invalidInput('PixelData', 'The decoder returned nothing.')
  return new Uint8Array(decoded)
}
