/** A field that a form for a new DICOM file may have. */
export type WireFormField = {
  readonly keyword: string
  readonly name: string
  readonly tag: string
  readonly vr: string
  readonly vm: string
  readonly several: boolean
  readonly retired: boolean
  readonly terms: readonly { readonly value: string; readonly meaning: string }[]
}

/** `GET /api/v1/dicom/generate/fields?q=…&limit=…` or `?keywords=A,B` */
export type WireFormFields = { readonly items: readonly WireFormField[]; readonly total: number }

/** `POST /api/v1/dicom/generate/check` */
export type WireFieldCheck = {
  readonly problems: readonly { readonly field: string; readonly problem: string }[]
}
