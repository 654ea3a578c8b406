/** Paths of DICOMweb, and the old address of WADO-URI. */
export function ownsDicomweb(path: string): boolean {
  return /^\/(dicom-web|wado)(\/|$)/.test(path)
}
