/** What a compressed frame says about itself, read before any decoder sees it. */
export type CodestreamHeader = {
  readonly rows: number
  readonly columns: number
  readonly components: number
  readonly bits: number
  readonly signed: boolean
  /** JPEG only: the transform of the Adobe marker (0 none, 1 YCbCr), if there is one. */
  readonly adobeTransform?: number
}

/** Reads the header of a JPEG, JPEG-LS or JPEG 2000 codestream, JP2 wrapped or raw. */
export function readCodestreamHeader(bytes: Uint8Array): CodestreamHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 4) return undefined
  const marker = view.getUint16(0)
  if (marker === 0xffd8) return readJpegHeader(view)
  if (marker === 0xff4f) return readSiz(view, 2)
  const codestream = findJp2Codestream(view)
  return codestream === undefined ? undefined : readSiz(view, codestream + 2)
}

/** Start of frame: SOF0–SOF15 but DHT, JPG and DAC, or SOF55 of JPEG-LS (ITU-T T.81 table B.1, T.87). */
function isStartOfFrame(marker: number): boolean {
  const isSof = marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8
  return (isSof && marker !== 0xffcc) || marker === 0xfff7
}

function readJpegHeader(view: DataView): CodestreamHeader | undefined {
  let at = 2
  let adobeTransform: number | undefined
  while (at + 4 <= view.byteLength) {
    const marker = view.getUint16(at)
    if (marker === 0xffff || marker >>> 8 !== 0xff) {
      at += 1
      continue
    }
    if (isStartOfFrame(marker)) return readStartOfFrame(view, at, adobeTransform)
    if (marker === 0xffda || marker === 0xffd9) return undefined
    if (marker === 0xffee) adobeTransform = readAdobe(view, at) ?? adobeTransform
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

function readStartOfFrame(
  view: DataView,
  at: number,
  adobeTransform: number | undefined,
): CodestreamHeader | undefined {
  if (at + 10 > view.byteLength) return undefined
  return {
    bits: view.getUint8(at + 4),
    rows: view.getUint16(at + 5),
    columns: view.getUint16(at + 7),
    components: view.getUint8(at + 9),
    signed: false,
    ...(adobeTransform === undefined ? {} : { adobeTransform }),
  }
}

/** Application marker 14 of the Adobe kind. */
function readAdobe(view: DataView, at: number): number | undefined {
  if (at + 16 > view.byteLength || view.getUint32(at + 4) !== 0x41646f62) return undefined
  return view.getUint8(at + 15)
}

/** Image and tile size marker (ITU-T T.800 annex A.5.1) at `at`. */
function readSiz(view: DataView, at: number): CodestreamHeader | undefined {
  if (at + 41 > view.byteLength || view.getUint16(at) !== 0xff51) return undefined
  const [width, height, left, top] = [6, 10, 14, 18].map((offset) => view.getUint32(at + offset))
  const precision = view.getUint8(at + 40)
  return {
    columns: (width ?? 0) - (left ?? 0),
    rows: (height ?? 0) - (top ?? 0),
    components: view.getUint16(at + 38),
    bits: (precision & 0x7f) + 1,
    signed: precision >= 0x80,
  }
}

/** The place of the contiguous codestream box of a JP2 file (ITU-T T.800 annex I). */
function findJp2Codestream(view: DataView): number | undefined {
  let at = 0
  while (at + 8 <= view.byteLength) {
    const length = view.getUint32(at)
    if (view.getUint32(at + 4) === 0x6a703263) return at + (length === 1 ? 16 : 8)
    if (length < 8) return undefined
    at += length
  }
  return undefined
}
