/** Instants are ISO 8601; dates and times of DICOM come as `2024-02-29` and `10:15:30.5`, null where absent or broken. */

export type WireGroup = { readonly id: number; readonly name: string }

/** One row of `GET /api/v1/dicom/studies`. */
export type WireStudy = {
  readonly studyUid: string
  /** as shown to people: `Doe, Jane`; null without one */
  readonly patientName: string | null
  readonly patientId: string | null
  readonly patientBirthDate: string | null
  readonly patientSex: string | null
  readonly studyDate: string | null
  readonly studyTime: string | null
  readonly accessionNumber: string | null
  readonly description: string | null
  readonly referringPhysician: string | null
  readonly modalities: readonly string[]
  readonly seriesCount: number
  readonly instanceCount: number
  readonly sizeBytes: number
  readonly storedAt: string
  readonly storedBy: { readonly id: number; readonly name: string } | null
  /** who sees it besides whoever stored it and those who see all */
  readonly groups: readonly WireGroup[]
  /** set while it lies in the bin */
  readonly deleted: { readonly at: string; readonly by: string | null; readonly reason: string } | null
}

/**
 * `GET /api/v1/dicom/studies?q=&patientName=&patientId=&dateFrom=&dateTo=&modality=CT,MR&description=&accession=
 * &bin=true&order=-studyDate&limit=50&offset=0`. Texts match parts, ignoring case; `order` is one of `studyDate
 * patientName patientId description accession storedAt instanceCount`, `-` before it for descending.
 */
export type WireStudyList = {
  readonly items: readonly WireStudy[]
  readonly total: number
  readonly limit: number
  readonly offset: number
  /** modalities of all studies the caller sees, for the filter */
  readonly modalities: readonly string[]
}

export type WireInstance = {
  readonly instanceUid: string
  readonly sopClassUid: string
  readonly sopClassName: string
  readonly instanceNumber: number | null
  readonly rows: number | null
  readonly columns: number | null
  /** 0 where there is nothing to show */
  readonly frames: number
  readonly transferSyntaxUid: string
  readonly transferSyntaxName: string
  readonly sizeBytes: number
  /** why there is no picture; null where there is one */
  readonly problem: string | null
}

export type WireSeries = {
  readonly seriesUid: string
  readonly modality: string | null
  readonly seriesNumber: number | null
  readonly description: string | null
  readonly bodyPart: string | null
  readonly seriesDate: string | null
  readonly manufacturer: string | null
  readonly stationName: string | null
  /** in the order in which people look at them */
  readonly instances: readonly WireInstance[]
}

/** `GET /api/v1/dicom/studies/{studyUid}` */
export type WireStudyDetails = WireStudy & {
  readonly series: readonly WireSeries[]
  /** what the caller may do with it */
  readonly may: { readonly store: boolean; readonly export: boolean; readonly delete: boolean }
}

/** One line of the table of elements; items of sequences follow their sequence, one deeper. */
export type WireElement = {
  /** `(0010,0010)` */
  readonly tag: string
  /** empty for private elements */
  readonly keyword: string
  readonly name: string
  readonly vr: string
  /** for people; cut at 1000 characters, bytes are only counted */
  readonly value: string
  readonly depth: number
  /** place of the item that it belongs to, from 1; null at the top */
  readonly item: number | null
}

/** `GET /api/v1/dicom/instances/{instanceUid}/elements?q=&limit=&offset=` (`q` matches tag, keyword, name or value). */
export type WireElements = {
  readonly items: readonly WireElement[]
  readonly total: number
  readonly limit: number
  readonly offset: number
}

export type WireWindow = {
  readonly center: number
  readonly width: number
  readonly function: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'
  readonly explanation: string | null
}

/** `GET /api/v1/dicom/instances/{instanceUid}/pixels`: what a viewer must know of all frames. */
export type WirePixels = {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  readonly samplesPerPixel: 1 | 3
  /**
   * Samples of `GET …/frames/{n}/pixels`: little endian, row by row, colours interleaved, sign extended; `Content-Type:
   * application/octet-stream`.
   */
  readonly sampleType: 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64'
  readonly bitsAllocated: number
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
  /** Photometric Interpretation as stored; the header `X-Photometric-Interpretation` of a frame says that of its samples */
  readonly photometric: string
  readonly slope: number
  readonly intercept: number
  /** Rescale Type, such as `HU` */
  readonly unit: string | null
  readonly windows: readonly WireWindow[]
  /** low values are white */
  readonly inverted: boolean
  readonly paddingValue: number | null
  /** distance of rows, distance of columns, in mm */
  readonly spacingMm: readonly [number, number] | null
  /** `imager` is measured at the detector, not in the patient */
  readonly spacingFrom: 'patient' | 'imager' | null
  /** Pixel Aspect Ratio: vertical, horizontal */
  readonly aspectRatio: readonly [number, number] | null
  /** Image Orientation (Patient) and Image Position (Patient) of the first frame, in mm */
  readonly orientation: readonly number[] | null
  readonly position: readonly number[] | null
  readonly frameTimeMs: number | null
  readonly hasVoiLut: boolean
  readonly overlays: number
}

/**
 * One file of `POST /api/v1/dicom/studies` (multipart; any number of parts `file`, each a DICOM file or a ZIP; fields
 * `group` with ids of groups that shall see new studies). Entries of a ZIP come as `archive.zip/entry`.
 */
export type WireUploadResult =
  | {
      readonly name: string
      readonly outcome: 'stored' | 'duplicate'
      readonly studyUid: string
      readonly seriesUid: string
      readonly instanceUid: string
      readonly warnings: readonly string[]
    }
  | {
      readonly name: string
      readonly outcome: 'refused' | 'skipped'
      readonly reason: string
    }

export type WireUpload = {
  readonly results: readonly WireUploadResult[]
  readonly stored: number
  readonly duplicates: number
  readonly refused: number
  readonly skipped: number
  readonly studies: readonly { readonly studyUid: string; readonly patientName: string | null }[]
}

/** `GET /api/v1/dicom/deidentification-options` */
export type WireDeidentificationOptions = {
  readonly options: readonly {
    readonly name: string
    /** of CID 7050 */
    readonly code: string
    readonly meaning: string
    readonly help: string
    /** options that cannot be chosen with it */
    readonly excludes: readonly string[]
  }[]
}

/**
 * Body of `POST /api/v1/dicom/studies/{studyUid}/deidentified`; the answer is a ZIP of DICOM files with `report.json`
 * (a {@link WireDeidentificationReport}). 400 with a problem of `pixels` where pictures may show who the patient is.
 */
export type WireDeidentification = {
  readonly options?: readonly string[]
  /** `confirmed`: somebody looked at the pictures */
  readonly pixels?: 'refuse-risky' | 'confirmed'
  /** only these; all unless given */
  readonly series?: readonly string[]
}

export type WireDeidentificationReport = {
  readonly profile: string
  readonly options: readonly string[]
  readonly files: readonly {
    readonly file: string
    readonly changes: readonly { readonly tag: string; readonly path: string; readonly action: string }[]
  }[]
}
