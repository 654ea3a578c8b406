import type { FieldValues } from '../../api/dicom/generate.ts'

/** What stands in the form, by keyword. */
export type Entries = Readonly<Record<string, string>>

/** The fields that a new form begins with: what people look for in a picture that was converted. */
export const FIRST_FIELDS = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyDate',
  'StudyTime',
  'StudyDescription',
  'SeriesDescription',
  'Modality',
  'BurnedInAnnotation',
] as const

/** Fields with something in them, as they are sent. */
export function filledValues(entries: Entries): FieldValues {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([keyword, text]) =>
      text.trim() === '' ? [] : [[keyword, [text.trim()]]],
    ),
  )
}

/** The five components of one group of a person name (PS3.5 section 6.2.1). */
export const NAME_PARTS = ['Family name', 'Given name', 'Middle name', 'Prefix', 'Suffix'] as const

/** `Doe^Jane` as five texts; groups behind `=` are kept apart. */
export function splitName(name: string): { readonly parts: readonly string[]; readonly rest: string } {
  const [alphabetic = '', ...others] = name.split('=')
  const given = alphabetic.split('^')
  return {
    parts: NAME_PARTS.map((_, index) => given[index] ?? ''),
    rest: others.map((one) => `=${one}`).join(''),
  }
}

/** Five texts as a name, without empty components at its end. A `^` or `=` within a component would be another one. */
export function joinName(parts: readonly string[], rest: string): string {
  const clean = parts.map((part) => part.replaceAll(/[\^=\\]/g, ' '))
  return `${clean.join('^').replace(/\^+$/, '')}${rest}`
}

/** A UID below 2.25, from a random UUID (PS3.5 annex B.2). */
export function newUid(): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  // version and variant of RFC 9562, section 5.4
  random[6] = ((random[6] ?? 0) & 0x0f) | 0x40
  random[8] = ((random[8] ?? 0) & 0x3f) | 0x80
  return `2.25.${random.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)}`
}
