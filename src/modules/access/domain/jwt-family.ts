/** Whose contract a pair of JWTs follows; every part accepts both. */
export type JwtFamily = 'dicom' | 'dmlf'

export type JwtLifetime = { readonly accessS: number; readonly refreshS: number }

/** Documented lifetimes in seconds: 15 minutes and 30 days, an hour and a day. */
export const JWT_LIFETIMES: Readonly<Record<JwtFamily, JwtLifetime>> = {
  dicom: { accessS: 900, refreshS: 2_592_000 },
  dmlf: { accessS: 3600, refreshS: 86_400 },
}

export function isJwtFamily(value: unknown): value is JwtFamily {
  return value === 'dicom' || value === 'dmlf'
}
