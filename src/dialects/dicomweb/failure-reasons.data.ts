/** Values of Failure Reason (PS3.18 table I.2-2, PS3.7 annex C). */
export const FAILURES = {
  processing: 0x0110,
  duplicateInstance: 0x0111,
  notAuthorized: 0x0124,
  outOfResources: 0xa700,
  doesNotMatch: 0xa900,
  cannotUnderstand: 0xc000,
} as const

/** Value of Warning Reason for a data set that is not as its SOP class asks for (PS3.18 table I.2-1). */
export const NOT_AS_ITS_CLASS = 0xb007
