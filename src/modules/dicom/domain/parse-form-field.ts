import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { DicomElement } from './data-set.ts'
import type { DictionaryEntry } from './dictionary.ts'
import { type ElementValue, makeBytesElement, makeElement, makeSequence } from './make-element.ts'
import { parseJsonItems } from './parse-json-model.ts'
import { parseTag } from './tag.ts'
import { allowsSeveral } from './value-multiplicity.ts'
import { isBulkVr, isVr, type Vr, vrTraits } from './vr.ts'

/** One part of a form: text, or the bytes of a file. */
export type FormValue = string | Uint8Array

/**
 * The element of a form field, its values in the spellings that people and scripts use: `2024-10-13` or
 * `20241013`, `10:15`, `(0018,1063)`. Several parts, or backslashes where the VR has them, are several values.
 *
 * @throws RefusedError `invalid-input` under the keyword, with the message of the users' document
 */
export function parseFormField(entry: DictionaryEntry, parts: readonly FormValue[]): DicomElement {
  const vr = chosenVr(entry)
  if (isBulkVr(vr)) return parseBulk(entry, vr, parts)
  const texts = parts.map((part) => {
    if (typeof part !== 'string') throw invalidInput(entry.keyword, 'Not a valid string.')
    return part
  })
  if (vr === 'SQ') return parseSequence(entry, texts)
  if (texts.some((text) => text.trim() === '')) throw invalidInput(entry.keyword, BLANK[vr] ?? NOT_BLANK)
  const values = texts
    .flatMap((text) => splitValues(entry, vr, text))
    .map((text) => parseText(entry.keyword, vr, text))
  return makeElement(entry.tag, values, vr)
}

/** `US or SS` and its like in data that are always unsigned here. */
function chosenVr({ vr }: DictionaryEntry): Vr {
  const first = vr.slice(0, 2)
  return isVr(first) ? first : 'UN'
}

const NOT_BLANK = 'This field may not be blank.'
const NOT_A_NUMBER = 'A valid number is required.'
const NOT_AN_INTEGER = 'A valid integer is required.'
const BLANK: Partial<Record<Vr, string>> = {
  DS: NOT_A_NUMBER,
  FL: NOT_A_NUMBER,
  FD: NOT_A_NUMBER,
  IS: NOT_AN_INTEGER,
  SL: NOT_AN_INTEGER,
  SS: NOT_AN_INTEGER,
  UL: NOT_AN_INTEGER,
  US: NOT_AN_INTEGER,
  SV: NOT_AN_INTEGER,
  UV: NOT_AN_INTEGER,
}

function parseBulk({ keyword, tag }: DictionaryEntry, vr: Vr, parts: readonly FormValue[]): DicomElement {
  const [file] = parts
  if (file === undefined || typeof file === 'string') {
    throw invalidInput(keyword, 'The submitted data was not a file. Check the encoding type on the form.')
  }
  const { word } = vrTraits(vr)
  if (file.length % word !== 0) throw invalidInput(keyword, `The length must be a multiple of ${word} bytes.`)
  return makeBytesElement(tag, vr, file)
}

function parseSequence({ keyword, tag }: DictionaryEntry, texts: readonly string[]): DicomElement {
  try {
    return makeSequence(tag, parseJsonItems(JSON.parse(texts[0] ?? '')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RefusedError) {
      throw invalidInput(keyword, 'Sequences must be given as DICOM JSON.')
    }
    throw error
  }
}

function splitValues({ vm }: DictionaryEntry, vr: Vr, text: string): readonly string[] {
  const separates = allowsSeveral(vm) && (vrTraits(vr).multiple || vrTraits(vr).text === undefined)
  return separates ? text.split('\\') : [text]
}

function parseText(keyword: string, vr: Vr, text: string): ElementValue {
  if (vrTraits(vr).text) return SPELLINGS[vr]?.(text.trim()) ?? text
  if (vr === 'AT') {
    const tag = parseTag(text)
    if (tag === undefined) throw invalidInput(keyword, 'Expected a list of items but got type "str".')
    return tag
  }
  return parseNumber(keyword, vr, text.trim())
}

function parseNumber(keyword: string, vr: Vr, text: string): ElementValue {
  if (vr === 'FL' || vr === 'FD') {
    const number = PYTHON_NUMBERS[text.toLowerCase()] ?? (text === '' ? Number.NaN : Number(text))
    if (Number.isNaN(number) && text.toLowerCase() !== 'nan') throw invalidInput(keyword, NOT_A_NUMBER)
    return number
  }
  if (!/^[+-]?\d{1,30}$/.test(text)) throw invalidInput(keyword, NOT_AN_INTEGER)
  return BigInt(text)
}

const PYTHON_NUMBERS: Readonly<Record<string, number>> = {
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
}

/** Other spellings of dates and times and the stored one; what is none of them is left for the rules to refuse. */
const SPELLINGS: Partial<Record<Vr, (text: string) => string>> = {
  DA: (text) => text.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$1$2$3'),
  TM: storedTime,
  DT: storedDateTime,
  DS: shortenDecimal,
  IS: (text) => text,
  UI: (text) => text,
}

/** `10:15`, `10:15:30.5` or `101530` as `HHMMSS.FFFFFF`. */
function storedTime(text: string): string {
  return text.replace(/^(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?$/, (_, hours, minutes, seconds, fraction) =>
    [hours, minutes, seconds ?? '00', fraction ?? ''].join(''),
  )
}

/** `2024-10-13T10:15:30+02:00` as `20241013101530+0200`. */
function storedDateTime(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:?\d{2})?$/.exec(
    text,
  )
  if (!match) return text
  const [, date = '', time = '', zone = ''] = match
  const offset = zone === 'Z' ? '+0000' : zone.replace(':', '')
  return `${date.replaceAll('-', '')}${storedTime(time)}${offset}`
}

/** A decimal of more than 16 characters with as many digits as fit. */
export function shortenDecimal(text: string): string {
  const number = Number(text)
  if (text.length <= 16 || text === '' || !Number.isFinite(number)) return text
  for (let digits = 15; digits > 0; digits -= 1) {
    const short = String(Number(number.toPrecision(digits)))
    if (short.length <= 16) return short
  }
  return text
}
