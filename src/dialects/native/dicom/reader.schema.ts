import type { WireElement } from './studies.schema.ts'

/** What a viewer must know of an image of an uploaded file. */
export type WireViewPixels = {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  readonly slope: number
  readonly intercept: number
  readonly unit: string | null
  readonly bitsStored: number
  readonly photometric: string
  readonly windows: readonly {
    readonly center: number
    readonly width: number
    readonly function: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'
    readonly explanation?: string
  }[]
  readonly inverted: boolean
  readonly paddingValue: number | null
  /** distance of rows, distance of columns */
  readonly spacingMm: readonly [number, number] | null
  readonly spacingFrom: 'patient' | 'imager' | null
  readonly frameTimeMs: number | null
  readonly hasVoiLut: boolean
  readonly overlays: number
}

export type WireSampleType =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'float32'
  | 'float64'

export type WireViewInstance = {
  readonly kind: 'instance'
  readonly index: number
  /** of the file, or of the entry of an archive */
  readonly name: string
  readonly instanceUid: string
  readonly seriesUid: string
  readonly seriesDescription: string
  readonly modality: string
  readonly instanceNumber: string
  readonly sopClassName: string
  readonly transferSyntaxName: string
  readonly warnings: readonly string[]
  /** null where there is no picture; `problem` says why unless the file has no pixels at all */
  readonly pixels: WireViewPixels | null
  readonly problem: string | null
  readonly elements: readonly WireElement[]
}

/**
 * The answer to `POST /api/v1/dicom/read` is a stream of parts: length of the head and length of the payload (32 bits
 * little endian each), the head in JSON, the payload. A frame's payload are its samples in little endian, row by row:
 * stored values, or RGB in 8 bits.
 */
export type WireViewPart =
  | WireViewInstance
  | {
      readonly kind: 'frame'
      readonly instance: number
      /** from 0 */
      readonly frame: number
      readonly form: 'grey' | 'rgb'
      readonly sampleType: WireSampleType
    }
  | { readonly kind: 'problem'; readonly instance: number; readonly frame: number; readonly problem: string }
  | { readonly kind: 'skipped'; readonly name: string; readonly reason: string }
  | { readonly kind: 'end' }
