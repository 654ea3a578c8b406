import type { JsonDataSet } from './json-model.ts'
import type { PixelFacts } from './pixel-facts.ts'

/** What a viewer must know of the pixels of a stored instance; lengths in mm, directions as cosines. */
export type StoredPixelFacts = PixelFacts & {
  readonly samplesPerPixel: 1 | 3
  /** of the decoded samples */
  readonly sampleType: SampleType
  readonly bitsAllocated: number
  readonly highBit: number
  readonly signed: boolean
  readonly aspectRatio: readonly [number, number] | null
  readonly orientation: readonly number[] | null
  readonly position: readonly number[] | null
}

export type SampleType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64'

/** Attributes of the patient and the study as columns; null where absent. Dates are `YYYYMMDD`, times `HHMMSS.F`. */
export type StudyFacts = {
  readonly uid: string
  readonly patientName: string | null
  readonly patientId: string | null
  readonly patientBirthDate: string | null
  readonly patientSex: string | null
  readonly date: string | null
  readonly time: string | null
  readonly accessionNumber: string | null
  readonly label: string | null
  readonly description: string | null
  readonly referringPhysician: string | null
  readonly attributes: JsonDataSet
}

export type SeriesFacts = {
  readonly uid: string
  readonly modality: string | null
  readonly number: number | null
  readonly description: string | null
  readonly bodyPart: string | null
  readonly date: string | null
  readonly performedDate: string | null
  readonly performedTime: string | null
  readonly scheduledStepId: string | null
  readonly requestedProcedureId: string | null
  readonly manufacturer: string | null
  readonly stationName: string | null
  readonly attributes: JsonDataSet
}

export type InstanceFacts = {
  readonly uid: string
  readonly sopClassUid: string
  readonly transferSyntaxUid: string
  readonly number: number | null
  readonly positionMm: number | null
  readonly rows: number | null
  readonly columns: number | null
  readonly bitsAllocated: number | null
  /** Number of Frames as it says; null without */
  readonly numberOfFrames: number | null
  /** that can be shown */
  readonly frames: number
  /** why nothing can be shown; null where it can, or where there are no pixels */
  readonly problem: string | null
  readonly pixels: StoredPixelFacts | null
}

/** Where a value lies in the file: as it is to be sent, or only to be had through the parser (`null`). */
export type BulkPlace = readonly [start: number, length: number] | null

/** Everything that the store keeps of an instance besides the file itself. */
export type InstanceIndex = {
  readonly study: StudyFacts
  readonly series: SeriesFacts
  readonly instance: InstanceFacts
  /** The DICOM JSON model as text, with addresses of bulk data relative to the instance (`bulkdata/7FE00010`). */
  readonly model: string
  /** by the part of the address behind `bulkdata/` */
  readonly bulk: Readonly<Record<string, BulkPlace>>
  readonly warnings: readonly string[]
}
