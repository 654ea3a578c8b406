import { listEntries } from './dictionary.ts'

/**
 * The Python type that a value of each VR has in the API of the users' document; what is not listed is
 * `str`, choices such as `US or SS` included.
 */
const FIELD_TYPE: Readonly<Record<string, string>> = {
  FL: 'float',
  FD: 'float',
  DS: 'pydicom.valuerep.DSfloat',
  SL: 'int',
  SS: 'int',
  UL: 'int',
  US: 'int',
  IS: 'pydicom.valuerep.IS',
  UI: 'pydicom.uid.UID',
  OB: 'bytes',
  OD: 'bytes',
  OF: 'bytes',
  OW: 'bytes',
  PN: 'pydicom.valuerep.PersonName',
  AT: 'tuple',
}

/** The text of `required-field-type` for a VR: `<class 'float'>`. */
export function fieldTypeText(vr: string): string {
  return `<class '${FIELD_TYPE[vr] ?? 'str'}'>`
}

/** All keywords with the text of their type, in tag order. */
export function listFieldTypes(): Readonly<Record<string, string>> {
  return Object.fromEntries(listEntries().map(({ keyword, vr }) => [keyword, fieldTypeText(vr)]))
}
