/** The parts of the WebAssembly decoders that are used; the packages bring no types for these entry points. */

type WasmFrameInfo = {
  width: number
  height: number
  bitsPerSample: number
  componentCount: number
  isSigned?: boolean
}

interface WasmDecoder {
  /** Room in the module's memory for the compressed frame. */
  getEncodedBuffer(length: number): Uint8Array
  /** A view into the module's memory, valid until the decoder is deleted. */
  getDecodedBuffer(): Uint8Array
  getFrameInfo(): WasmFrameInfo
  decode(): void
  delete(): void
}

type WasmModuleOptions = { print?: (text: string) => void; printErr?: (text: string) => void }

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  interface JpegLsDecoder extends WasmDecoder {
    /** 0: planes, 1: lines, 2: samples. */
    getInterleaveMode(): number
  }
  const load: (options?: WasmModuleOptions) => Promise<{ JpegLSDecoder: new () => JpegLsDecoder }>
  export = load
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const load: (options?: WasmModuleOptions) => Promise<{ J2KDecoder: new () => WasmDecoder }>
  export = load
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const load: (options?: WasmModuleOptions) => Promise<{ HTJ2KDecoder: new () => WasmDecoder }>
  export = load
}

declare module 'gifenc' {
  type Palette = readonly (readonly [number, number, number])[]
  type Frame = {
    palette?: Palette
    first?: boolean
    delay?: number
    repeat?: number
    dispose?: number
  }
  interface Encoder {
    writeHeader(): void
    writeFrame(index: Uint8Array, width: number, height: number, options: Frame): void
    finish(): void
    bytes(): Uint8Array
  }
  const gifenc: {
    GIFEncoder: (options?: { auto?: boolean; initialCapacity?: number }) => Encoder
    quantize: (rgba: Uint8Array, colors: number, options: { format: 'rgb444' }) => Palette
    applyPalette: (rgba: Uint8Array, palette: Palette, format: 'rgb444') => Uint8Array
  }
  export = gifenc
}

/** Of the runtime; the server is compiled without the types of browsers. */
declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
}
