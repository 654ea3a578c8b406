import { type DataSet, type DicomElement, valueBytes } from './data-set.ts'
import { findNumber, findText } from './read-value.ts'
import type { Tag } from './tag.ts'

/** One channel of a waveform; values in `unit`, skewed by `skewS` against the multiplex group. */
export type WaveformChannel = {
  readonly label: string
  readonly unit: string
  readonly skewS: number
  readonly values: Float64Array
}

/** Channels sampled together (PS3.3 C.10.9). */
export type Waveform = {
  readonly label: string
  readonly samplingFrequencyHz: number
  readonly channels: readonly WaveformChannel[]
}

const WAVEFORM_SEQUENCE: Tag = 0x54000100
const WAVEFORM_DATA: Tag = 0x54001010
const CHANNEL_DEFINITION: Tag = 0x003a0200
const CHANNEL_SOURCE: Tag = 0x003a0208
const SENSITIVITY_UNITS: Tag = 0x003a0211

type Interpretation = 'SB' | 'UB' | 'SS' | 'US' | 'SL' | 'UL'

type SampleReader = { readonly bytes: 1 | 2 | 4; readonly read: (data: Buffer, at: number) => number }

const READERS: Readonly<Record<Interpretation, SampleReader>> = {
  SB: { bytes: 1, read: (data, at) => data.readInt8(at) },
  UB: { bytes: 1, read: (data, at) => data.readUInt8(at) },
  SS: { bytes: 2, read: (data, at) => data.readInt16LE(at) },
  US: { bytes: 2, read: (data, at) => data.readUInt16LE(at) },
  SL: { bytes: 4, read: (data, at) => data.readInt32LE(at) },
  UL: { bytes: 4, read: (data, at) => data.readUInt32LE(at) },
}

/** The waveforms of an ECG and its like in physical units; groups that cannot be read are left out. */
export function readWaveforms(dataSet: DataSet): readonly Waveform[] {
  return (dataSet.elements.get(WAVEFORM_SEQUENCE)?.items ?? []).flatMap((group) => {
    const data = group.elements.get(WAVEFORM_DATA)
    const reader = readerOf(findText(group, 0x54001006))
    const definitions = group.elements.get(CHANNEL_DEFINITION)?.items ?? []
    if (!data || !reader || definitions.length === 0) return []
    const frames = splitChannels(data, reader, definitions.length)
    return [
      {
        label: findText(group, 0x003a0020) ?? '',
        samplingFrequencyHz: findNumber(group, 0x003a001a) ?? Number.NaN,
        channels: definitions.map((definition, index) =>
          readChannel(definition, frames[index] ?? new Float64Array()),
        ),
      },
    ]
  })
}

function readerOf(interpretation: string | undefined): SampleReader | undefined {
  return interpretation !== undefined && interpretation in READERS
    ? READERS[interpretation as Interpretation]
    : undefined
}

/** Samples are interleaved: all channels of the first instant, then all of the second. */
function splitChannels(
  element: DicomElement,
  { bytes, read }: SampleReader,
  channels: number,
): readonly Float64Array[] {
  const data = valueBytes(element)
  const ordered = element.bigEndian && bytes > 1 ? swapped(data, bytes) : data
  const count = Math.floor(ordered.length / (bytes * channels))
  return Array.from({ length: channels }, (_, channel) =>
    Float64Array.from({ length: count }, (_, index) => read(ordered, (index * channels + channel) * bytes)),
  )
}

function swapped(data: Buffer, bytes: 1 | 2 | 4): Buffer {
  const copy = Buffer.from(data.subarray(0, data.length - (data.length % bytes)))
  return bytes === 4 ? copy.swap32() : copy.swap16()
}

/** Sensitivity × correction factor × sample + baseline (PS3.3 C.10.9.1.4.2). */
function readChannel(definition: DataSet, stored: Float64Array): WaveformChannel {
  const sensitivity = findNumber(definition, 0x003a0210) ?? 1
  const correction = findNumber(definition, 0x003a0212) ?? 1
  const baseline = findNumber(definition, 0x003a0213) ?? 0
  const source = definition.elements.get(CHANNEL_SOURCE)?.items?.[0]
  const units = definition.elements.get(SENSITIVITY_UNITS)?.items?.[0]
  return {
    label: findText(definition, 0x003a0203) || (source && findText(source, 0x00080104)) || '',
    unit: (units && findText(units, 0x00080100)) ?? '',
    skewS: findNumber(definition, 0x003a0214) ?? 0,
    values: stored.map((sample) => sample * sensitivity * correction + baseline),
  }
}
