import { invalidInput } from '../../../core/refusal.ts'
import type { DataSet, DicomElement } from './data-set.ts'
import {
  dictionaryVr,
  type ElementValue,
  makeBytesElement,
  makeDataSet,
  makeElement,
  makeSequence,
} from './make-element.ts'
import { PARSE_LIMITS } from './parse-limits.ts'
import { formatTag, parseTag, TAGS, type Tag } from './tag.ts'
import { isVr, type Vr, vrTraits } from './vr.ts'

type JsonObject = Readonly<Record<string, unknown>>

/**
 * Reads a data set in the DICOM JSON model (PS3.18 annex F) strictly: values are checked against their VR.
 * Bulk data by reference is refused, since nothing is fetched here.
 *
 * @throws RefusedError `invalid-input` naming the tag
 */
export function parseJsonModel(json: unknown, depth = 0): DataSet {
  if (depth > PARSE_LIMITS.depth) throw invalidInput('', 'The sequences are nested too deeply.')
  if (!isObject(json)) throw invalidInput('', 'Expected an object of DICOM attributes.')
  return makeDataSet(
    Object.entries(json).flatMap(([key, attribute]) => {
      const tag = parseTag(key)
      if (tag === undefined) throw invalidInput(key, 'Expected a tag of eight hexadecimal digits.')
      // JSON is UTF-8 throughout: an item cannot have a character set of its own.
      return tag === TAGS.specificCharacterSet ? [] : [parseAttribute(tag, attribute, depth)]
    }),
  )
}

/** Reads an array of items in the DICOM JSON model. */
export function parseJsonItems(json: unknown, depth = 1): readonly DataSet[] {
  if (!Array.isArray(json)) throw invalidInput('', 'Expected a list of items.')
  return json.map((item) => parseJsonModel(item, depth))
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseAttribute(tag: Tag, attribute: unknown, depth: number): DicomElement {
  if (!isObject(attribute)) throw invalidInput(formatTag(tag), 'Expected an object with vr and Value.')
  const vr = parseVr(tag, attribute.vr)
  if (attribute.BulkDataURI !== undefined) {
    throw invalidInput(formatTag(tag), 'Bulk data by reference is not accepted here.')
  }
  if (typeof attribute.InlineBinary === 'string') {
    return makeBytesElement(tag, vr, Buffer.from(attribute.InlineBinary, 'base64'))
  }
  const values = attribute.Value ?? []
  if (!Array.isArray(values)) throw invalidInput(formatTag(tag), 'Value must be a list.')
  if (vr === 'SQ') return makeSequence(tag, parseJsonItems(values, depth + 1))
  return makeElement(
    tag,
    values.map((value: unknown) => parseValue(tag, vr, value)),
    vr,
  )
}

function parseVr(tag: Tag, vr: unknown): Vr {
  if (vr === undefined) return dictionaryVr(tag)
  if (typeof vr === 'string' && isVr(vr)) return vr
  throw invalidInput(formatTag(tag), 'Unknown VR.')
}

const SPECIAL_NUMBERS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
}

function parseValue(tag: Tag, vr: Vr, value: unknown): ElementValue {
  if (value === null) return ''
  if (vr === 'PN') return parsePersonName(tag, value)
  if (vr === 'AT') {
    const pointed = typeof value === 'string' ? parseTag(value) : undefined
    if (pointed !== undefined) return pointed
  } else if (typeof value === 'number') {
    return value
  } else if (typeof value === 'string') {
    return vrTraits(vr).text ? value : parseNumberText(tag, vr, value)
  }
  throw invalidInput(formatTag(tag), `Not a value of VR ${vr}.`)
}

function parseNumberText(tag: Tag, vr: Vr, text: string): ElementValue {
  const special = SPECIAL_NUMBERS[text]
  if (special !== undefined && (vr === 'FL' || vr === 'FD')) return special
  if (/^-?\d+$/.test(text)) return BigInt(text)
  throw invalidInput(formatTag(tag), 'A valid number is required.')
}

function parsePersonName(tag: Tag, value: unknown): string {
  if (typeof value === 'string') return value
  if (!isObject(value)) throw invalidInput(formatTag(tag), 'Expected an object with Alphabetic.')
  const groups = ['Alphabetic', 'Ideographic', 'Phonetic'].map((group) => value[group] ?? '')
  return groups.map(String).join('=').replace(/=+$/, '')
}
