import type { Vr } from './vr.ts'

/** What one value of a VR must look like (PS3.5 table 6.2-1), and what to say where it does not. */
type ValueRule = { readonly check: (value: string) => boolean; readonly problem: string }

function pattern(expression: RegExp, problem: string): ValueRule {
  return { check: (value) => expression.test(value), problem }
}

function atMost(count: number): ValueRule {
  return {
    check: (value) => [...value].length <= count,
    problem: `Ensure this field has no more than ${count} characters.`,
  }
}

const NO_CONTROLS = pattern(
  /^[^\\\p{Cc}]*$/u,
  'Backslashes and control characters are not allowed in this field.',
)
const FEW_CONTROLS = pattern(
  /^(?:[^\p{Cc}]|[\t\n\f\r])*$/u,
  'Control characters are not allowed in this field.',
)
const PRINTABLE_ASCII = pattern(
  /^[ -[\]-~]*$/,
  'Only ASCII characters without backslash are allowed in this field.',
)
const UID_RULE: ValueRule = { check: isValidUid, problem: 'Not a valid UID.' }

const RULES: Partial<Record<Vr, readonly ValueRule[]>> = {
  AE: [
    atMost(16),
    PRINTABLE_ASCII,
    { check: (value) => value.trim() !== '', problem: 'This field may not be blank.' },
  ],
  AS: [pattern(/^\d{3}[DWMY]$/, 'Use three digits and one of D, W, M, Y, for example 045Y.')],
  CS: [
    atMost(16),
    pattern(
      /^[A-Z0-9 _]*$/,
      'Only capital letters, digits, blanks and underscores are allowed in this field.',
    ),
  ],
  DA: [{ check: isDate, problem: 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.' }],
  DS: [pattern(/^ *[+-]?(\d+(\.\d*)?|\.\d+)(E[+-]?\d+)? *$/i, 'A valid number is required.'), atMost(16)],
  DT: [
    {
      check: isDateTime,
      problem:
        'Datetime has wrong format. Use one of these formats instead: ' +
        'YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
    },
  ],
  IS: [
    pattern(/^ *[+-]?\d+ *$/, 'A valid integer is required.'),
    { check: isInt32, problem: 'Ensure this value is between -2147483648 and 2147483647.' },
    atMost(12),
  ],
  LO: [atMost(64), NO_CONTROLS],
  LT: [atMost(10240), FEW_CONTROLS],
  PN: [
    NO_CONTROLS,
    { check: hasNameGroups, problem: 'Use at most three groups separated by = with five components each.' },
    { check: hasShortGroups, problem: 'Ensure each group of the name has no more than 64 characters.' },
  ],
  SH: [atMost(16), NO_CONTROLS],
  ST: [atMost(1024), FEW_CONTROLS],
  TM: [
    {
      check: isTime,
      problem: 'Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].',
    },
  ],
  UC: [NO_CONTROLS],
  UI: [UID_RULE],
  UR: [pattern(/^[!#-;=?-[\]_a-z~%]+$/i, 'Enter a valid URL.')],
  UT: [FEW_CONTROLS],
}

/** What is wrong with one value of a text VR in the form in which it is stored; undefined if nothing is. */
export function problemOfText(vr: Vr, value: string): string | undefined {
  return RULES[vr]?.find(({ check }) => !check(value))?.problem
}

/** Digits and dots, no leading zeros, at most 64 characters (PS3.5 section 9.1). */
export function isValidUid(text: string): boolean {
  return text.length <= 64 && /^(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/.test(text)
}

/** `YYYYMMDD`, and a day of the calendar. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (!match) return false
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** `HH[MM[SS[.F{1,6}]]]`; second 60 is a leap second. */
export function isTime(text: string): boolean {
  const match = /^(\d{2})(?:(\d{2})(?:(\d{2})(?:\.\d{1,6})?)?)?$/.exec(text)
  if (!match) return false
  const [, hours, minutes = '0', seconds = '0'] = match
  return Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) <= 60
}

/** `YYYY[MM[DD[HH[MM[SS[.F{1,6}]]]]]][&ZZXX]` with an offset from -1200 to +1400. */
function isDateTime(text: string): boolean {
  const match = /^(\d{4})(\d{2})?(\d{2})?(\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?([+-]\d{4})?$/.exec(text)
  if (!match) return false
  const [, year = '', month = '01', day = '01', time = '00', offset] = match
  return isDate(`${year}${month}${day}`) && isTime(time) && (offset === undefined || isOffset(offset))
}

function isOffset(offset: string): boolean {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3))
  return (
    Number(offset.slice(3)) < 60 && (offset.startsWith('-') ? minutes <= 720 && minutes > 0 : minutes <= 840)
  )
}

function isInt32(text: string): boolean {
  const value = Number(text)
  return value >= -(2 ** 31) && value < 2 ** 31
}

function hasNameGroups(name: string): boolean {
  const groups = name.split('=')
  return groups.length <= 3 && groups.every((group) => group.split('^').length <= 5)
}

function hasShortGroups(name: string): boolean {
  return name.split('=').every((group) => [...group].length <= 64)
}

/** Inclusive ranges of the binary integer VRs. */
const RANGES: Partial<Record<Vr, readonly [bigint, bigint]>> = {
  SS: [-(2n ** 15n), 2n ** 15n - 1n],
  US: [0n, 2n ** 16n - 1n],
  SL: [-(2n ** 31n), 2n ** 31n - 1n],
  UL: [0n, 2n ** 32n - 1n],
  SV: [-(2n ** 63n), 2n ** 63n - 1n],
  UV: [0n, 2n ** 64n - 1n],
}

/** What is wrong with a number as a value of a binary VR; undefined if nothing is. */
export function problemOfNumber(vr: Vr, value: number | bigint): string | undefined {
  const range = RANGES[vr]
  if (!range) return undefined
  if (typeof value === 'number' && !Number.isInteger(value)) return 'A valid integer is required.'
  const [least, most] = range
  return value < least || value > most ? `Ensure this value is between ${least} and ${most}.` : undefined
}
