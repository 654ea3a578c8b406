import type { ConfidentialityOption } from '../domain/confidentiality-profile.ts'
import type { VoiChoice } from '../domain/grey-mapping.ts'

type OfFile<Kind extends string, More> = { readonly kind: Kind; readonly path: string } & Readonly<More>

/** The part of a picture that is wanted, and the size that it shall fit; pixels, the ratio of sides is kept. */
export type Viewport = {
  readonly width: number
  readonly height: number
  readonly part?: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
}

export type PictureFormat = 'png' | 'jpeg' | 'gif'

export type PictureWish = {
  /** counted from 0; all of a GIF where absent */
  readonly frame?: number
  readonly format: PictureFormat
  readonly voi?: VoiChoice
  readonly quality?: number
  readonly viewport?: Viewport
  readonly overlays?: 'draw' | 'leave'
}

export type DeidentificationWish = {
  readonly options: readonly ConfidentialityOption[]
  readonly key: Uint8Array
  readonly pixels: 'refuse-risky' | 'confirmed'
  readonly method: string
}

/** Work on a file that the image store has, or is about to have. */
export type StoredFileTask =
  /** answers an {@link InstanceIndex} as JSON */
  | OfFile<'index', object>
  /** unpacks the files of an archive into `folder`; answers `{name, path}` as a line of JSON each */
  | OfFile<'unpack', { folder: string }>
  /** answers a page of the elements as JSON */
  | OfFile<'elements', { text: string; limit: number; offset: number }>
  | OfFile<'picture', PictureWish>
  /** answers a {@link SamplesHead} as a line of JSON, then the decoded samples in little endian */
  | OfFile<'samples', { frame: number }>
  /** answers a frame as it is stored: the compressed one, or native samples in little endian */
  | OfFile<'frame', { frame: number }>
  /** writes the file in another transfer syntax to `out`; answers nothing */
  | OfFile<'transcode', { out: string; syntax: string }>
  /** answers the value at a place such as `7FE00010` or `00400275/1/00081199`, in little endian */
  | OfFile<'bulk', { place: string }>
  /** writes a copy without identity to `out`; answers a {@link DeidentifiedFile} as JSON */
  | OfFile<'deidentify', { out: string; wish: DeidentificationWish }>
  /** answers what the calculations of an upload test see of a file, see {@link fileFacts} */
  | OfFile<'facts', { mostPixelBytes: number }>

export type SamplesHead = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly photometric: string
}

export type DeidentifiedFile = {
  readonly instanceUid: string
  readonly changes: readonly { readonly tag: string; readonly path: string; readonly action: string }[]
}
