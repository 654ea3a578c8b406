const OWNED = /^\/(api\/(auth\/register|token|dicom-format|dicom|developer)|api-keys)(\/|$)/

/** The paths of the documented DICOM API. */
export function ownsDicomApi(path: string): boolean {
  return OWNED.test(path)
}
