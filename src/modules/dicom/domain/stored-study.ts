/** A study as it is kept; dates `YYYYMMDD`, times `HHMMSS.F`, null where absent. */
export type StoredStudy = {
  readonly id: number
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
  readonly modalities: readonly string[]
  readonly seriesCount: number
  readonly instanceCount: number
  readonly sizeBytes: number
  /** of this level in the DICOM JSON model, as text */
  readonly attributes: string
  readonly storedAt: Date
  readonly storedById: number | null
  readonly deleted: StudyDeletion | null
}

export type StudyDeletion = { readonly at: Date; readonly byId: number | null; readonly reason: string }

export type StoredSeries = {
  readonly id: number
  readonly studyId: number
  readonly uid: string
  readonly modality: string | null
  readonly number: number | null
  readonly description: string | null
  readonly bodyPart: string | null
  readonly date: string | null
  readonly performedDate: string | null
  readonly performedTime: string | null
  readonly manufacturer: string | null
  readonly stationName: string | null
  readonly instanceCount: number
  readonly attributes: string
}

export type StoredInstance = {
  readonly id: number
  readonly studyId: number
  readonly seriesId: number
  readonly uid: string
  readonly sopClassUid: string
  readonly transferSyntaxUid: string
  readonly number: number | null
  readonly rows: number | null
  readonly columns: number | null
  readonly bitsAllocated: number | null
  readonly numberOfFrames: number | null
  /** that can be shown */
  readonly frames: number
  readonly problem: string | null
  readonly sha256: string
  readonly sizeBytes: number
}

/** An instance with the UIDs that lead to it. */
export type PlacedInstance = StoredInstance & { readonly studyUid: string; readonly seriesUid: string }
