/**
 * Value representations (PS3.5 table 6.2-1) and what the codes of this folder need to know of each.
 *
 * `text`: how the bytes become characters (`ascii`, or by Specific Character Set).
 * `multiple`: a backslash separates values. `word`: bytes per binary value, swapped in big endian.
 * `long`: explicit VR writes two reserved bytes and a 32-bit length.
 */
type VrTraits = {
  readonly text?: 'ascii' | 'charset'
  readonly multiple?: true
  readonly word: 1 | 2 | 4 | 8
  readonly long?: true
}

const VR_TRAITS = {
  AE: { text: 'ascii', multiple: true, word: 1 },
  AS: { text: 'ascii', multiple: true, word: 1 },
  AT: { word: 2 },
  CS: { text: 'ascii', multiple: true, word: 1 },
  DA: { text: 'ascii', multiple: true, word: 1 },
  DS: { text: 'ascii', multiple: true, word: 1 },
  DT: { text: 'ascii', multiple: true, word: 1 },
  FD: { word: 8 },
  FL: { word: 4 },
  IS: { text: 'ascii', multiple: true, word: 1 },
  LO: { text: 'charset', multiple: true, word: 1 },
  LT: { text: 'charset', word: 1 },
  OB: { word: 1, long: true },
  OD: { word: 8, long: true },
  OF: { word: 4, long: true },
  OL: { word: 4, long: true },
  OV: { word: 8, long: true },
  OW: { word: 2, long: true },
  PN: { text: 'charset', multiple: true, word: 1 },
  SH: { text: 'charset', multiple: true, word: 1 },
  SL: { word: 4 },
  SQ: { word: 1, long: true },
  SS: { word: 2 },
  ST: { text: 'charset', word: 1 },
  SV: { word: 8, long: true },
  TM: { text: 'ascii', multiple: true, word: 1 },
  UC: { text: 'charset', multiple: true, word: 1, long: true },
  UI: { text: 'ascii', multiple: true, word: 1 },
  UL: { word: 4 },
  UN: { word: 1, long: true },
  UR: { text: 'ascii', word: 1, long: true },
  US: { word: 2 },
  UT: { text: 'charset', word: 1, long: true },
  UV: { word: 8, long: true },
} as const satisfies Record<string, VrTraits>

export type Vr = keyof typeof VR_TRAITS

const VR_BY_CODE: ReadonlyMap<number, Vr> = new Map(
  (Object.keys(VR_TRAITS) as Vr[]).map((vr) => [(vr.charCodeAt(0) << 8) | vr.charCodeAt(1), vr]),
)

export function vrTraits(vr: Vr): VrTraits {
  return VR_TRAITS[vr]
}

/** The VR whose two letters are `code` (first letter in the high byte). */
export function findVr(code: number): Vr | undefined {
  return VR_BY_CODE.get(code)
}

/** Whether a text is one of the 34 value representations. */
export function isVr(text: string): text is Vr {
  return Object.hasOwn(VR_TRAITS, text)
}

/** Whether the value of such an element is bytes without further meaning here (`OB`, `OW`, `UN`, …). */
export function isBulkVr(vr: Vr): boolean {
  return vr.charCodeAt(0) === 0x4f || vr === 'UN'
}
