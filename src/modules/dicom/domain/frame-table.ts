import { invalidInput } from '../../../core/refusal.ts'
import type { DataSet, DicomElement, Fragment } from './data-set.ts'
import { nativeExtent, wholeFrames } from './native-frame.ts'
import { findPixelElement, type PixelDescription } from './pixel-description.ts'
import { TAGS } from './tag.ts'

/** Where the bytes of one frame lie in the source of the pixel element; several parts are joined. */
export type FramePlace = { readonly parts: readonly Fragment[]; readonly skipBits: number }

/** Gives access to each frame without touching the others. */
export type FrameTable = {
  readonly element: DicomElement
  /** Frames that are there whole; fewer than announced if the data are short. */
  readonly count: number
  readonly place: (frame: number) => FramePlace
}

/**
 * Finds the frames of an image (PS3.5 annex A.4): native frames by size; encapsulated ones by the Extended
 * Offset Table, the Basic Offset Table, one fragment a frame, or the markers at which codestreams begin.
 *
 * @throws RefusedError `invalid-input` if no whole frame is there
 */
export function openFrameTable(dataSet: DataSet, pixels: PixelDescription): FrameTable {
  const element = findPixelElement(dataSet)
  if (!element) throw invalidInput('PixelData', 'The file has no Pixel Data.')
  if (element.fragments) return encapsulatedTable(dataSet, element, element.fragments.slice(1), pixels)
  const count = wholeFrames(pixels, element.length)
  if (count === 0) throw invalidInput('PixelData', 'The pixel data are shorter than one frame.')
  return {
    element,
    count,
    place: (frame) => {
      const { start, length, skipBits } = nativeExtent(pixels, frame)
      return { parts: [{ start: element.start + start, length }], skipBits }
    },
  }
}

/** The bytes of one frame, counted from 0. */
export function frameBytes({ element, place }: FrameTable, frame: number): Buffer {
  const { parts } = place(frame)
  const buffers = parts.map(({ start, length }) => element.source.read(start, start + length))
  const [only] = buffers
  return only && buffers.length === 1 ? only : Buffer.concat(buffers)
}

function encapsulatedTable(
  dataSet: DataSet,
  element: DicomElement,
  fragments: readonly Fragment[],
  pixels: PixelDescription,
): FrameTable {
  const groups =
    groupByOffsets(fragments, extendedOffsets(dataSet), pixels.frames) ??
    groupByOffsets(fragments, basicOffsets(element), pixels.frames) ??
    groupByCount(element, fragments, pixels)
  if (groups.length === 0) throw invalidInput('PixelData', 'The pixel data have no fragments.')
  return {
    element,
    count: Math.min(groups.length, pixels.frames),
    place: (frame) => ({ parts: groups[frame] ?? [], skipBits: 0 }),
  }
}

type Group = readonly Fragment[]

/** Frames begin at the fragments whose item tags the offsets point at; undefined if they do not. */
function groupByOffsets(
  fragments: readonly Fragment[],
  offsets: readonly number[],
  frames: number,
): readonly Group[] | undefined {
  const first = fragments[0]
  if (!first || offsets.length !== frames || offsets[0] !== 0) return undefined
  const indexAt = new Map(fragments.map(({ start }, index) => [start - first.start, index]))
  const begins = offsets.map((offset) => indexAt.get(offset))
  if (
    !begins.every((begin, index): begin is number => begin !== undefined && begin >= (begins[index - 1] ?? 0))
  ) {
    return undefined
  }
  return begins.map((begin, index) => fragments.slice(begin, begins[index + 1] ?? fragments.length))
}

function basicOffsets(element: DicomElement): readonly number[] {
  const [table] = element.fragments ?? []
  if (!table) return []
  const bytes = element.source.read(table.start, table.start + table.length)
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32LE(index * 4))
}

/** 64-bit offsets in a little-endian OV element (PS3.3 C.7.6.3.1.8). */
function extendedOffsets({ elements }: DataSet): readonly number[] {
  const element = elements.get(TAGS.extendedOffsetTable)
  if (!element) return []
  const bytes = element.source.read(element.start, element.start + element.length)
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) =>
    Number(bytes.readBigUInt64LE(index * 8)),
  )
}

function groupByCount(
  element: DicomElement,
  fragments: readonly Fragment[],
  { frames, codec }: PixelDescription,
): readonly Group[] {
  if (fragments.length === frames || codec === 'rle' || codec === 'deflate-frame') {
    return fragments.map((fragment) => [fragment])
  }
  return frames === 1 && fragments.length > 0 ? [fragments] : groupByMarkers(element, fragments)
}

/** A frame begins at each fragment that starts with a codestream's first marker. */
function groupByMarkers(element: DicomElement, fragments: readonly Fragment[]): readonly Group[] {
  const groups: Fragment[][] = []
  for (const fragment of fragments) {
    const last = groups.at(-1)
    if (!last || beginsCodestream(element, fragment)) groups.push([fragment])
    else last.push(fragment)
  }
  return groups
}

/** SOI of JPEG and JPEG-LS, SOC of JPEG 2000. */
function beginsCodestream({ source }: DicomElement, { start, length }: Fragment): boolean {
  if (length < 2) return false
  const marker = source.read(start, start + 2).readUInt16BE(0)
  return marker === 0xffd8 || marker === 0xff4f
}
