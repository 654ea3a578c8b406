import type { WireSampleType } from '../../../../src/dialects/native/dicom/reader.schema.ts'

const ARRAYS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

export type TypedSamples = InstanceType<(typeof ARRAYS)[WireSampleType]>

/** Little-endian bytes as samples; every browser's machine is little endian. */
export function typedSamples(type: WireSampleType, bytes: ArrayBuffer): TypedSamples {
  return new ARRAYS[type](bytes)
}
