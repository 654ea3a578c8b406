import { invalidInput } from '../../../core/refusal.ts'
import { type ByteSource, bringIn, memorySource, openWindow } from './byte-source.ts'
import { type DataSet, type DicomElement, shortValueBytes } from './data-set.ts'
import { inflateDataSet } from './inflate-data-set.ts'
import { parseElements } from './parse-elements.ts'
import { openBudget, PARSE_LIMITS, type ParseLimits } from './parse-limits.ts'
import { openWarningLog, type ParseWarning, type WarningLog, warn } from './parse-warnings.ts'
import { openReader, peekTag, type Reader, readHeader } from './read-header.ts'
import { checkEncoding, sniffEncoding } from './sniff-encoding.ts'
import { TAGS, type Tag, tagGroup } from './tag.ts'
import { type TransferSyntax, transferSyntaxOf } from './transfer-syntax.ts'
import { findVr } from './vr.ts'

/** A file in the format of PS3.10, read without touching its values. */
export type DicomFile = {
  /** Group 0002; empty if the file has none. */
  readonly meta: DataSet
  readonly dataSet: DataSet
  /** How the data set really is encoded, with the UID that the file declares (or what was found instead). */
  readonly transferSyntax: TransferSyntax
  readonly warnings: readonly ParseWarning[]
  /** The file ends before its last element does. */
  readonly truncated: boolean
}

const NOT_DICOM = 'Invalid DICOM file'

/** Bytes that are looked at to find out how a data set is encoded. */
const HEAD_BYTES = 1024

/**
 * Reads a DICOM file leniently: with or without preamble, prefix or file meta group, in any of the encodings
 * of PS3.5 annex A, whatever its label says. Values are decoded when asked for.
 *
 * @throws RefusedError `invalid-input` if the bytes are not DICOM at all or reach one of `limits`
 */
export function parseDicomFile(file: ByteSource | Uint8Array, limits: ParseLimits = PARSE_LIMITS): DicomFile {
  const source = file instanceof Uint8Array ? memorySource(file) : file
  const log = openWarningLog()
  const state = { window: openWindow(source), budget: openBudget(limits), log }
  const begin = findBegin(source)
  const reader = openReader(state, { explicit: hasVr(source, begin.at), bigEndian: false }, begin.at)
  const meta = parseMeta(reader, source.size)
  if (!begin.certain && meta.elements.size === 0) reader.at = findBareDataSet(source, log)
  const body = openBody(source, reader.at, { declared: declaredSyntax(meta), log, limits })
  const { syntax } = body
  const bodyReader = openReader(
    { ...state, window: openWindow(body.source) },
    { explicit: syntax.vr === 'explicit', bigEndian: syntax.byteOrder === 'big' },
    body.at,
  )
  const end = body.source.size
  const dataSet = parseElements(bodyReader, { end, closedBy: 'end', depth: 0, parent: undefined })
  if (meta.elements.size + dataSet.elements.size === 0) throw invalidInput('file', NOT_DICOM)
  return { meta, dataSet, transferSyntax: syntax, warnings: log.list, truncated: log.truncated }
}

/** Behind preamble and prefix (PS3.10 section 7.1), behind a bare prefix, or the first byte. */
function findBegin(source: ByteSource): { readonly at: number; readonly certain: boolean } {
  const head = source.read(0, Math.min(132, source.size)).toString('latin1')
  if (head.startsWith('DICM', 128)) return { at: 132, certain: true }
  if (head.startsWith('DICM')) return { at: 4, certain: true }
  return { at: 0, certain: false }
}

/** Places where a data set without any prefix may begin: at once, behind a preamble, behind a few stray bytes. */
const BARE_BEGINNINGS: readonly number[] = [
  0,
  128,
  132,
  ...Array.from({ length: 15 }, (_, index) => index + 1),
]

function findBareDataSet(source: ByteSource, log: WarningLog): number {
  const at = BARE_BEGINNINGS.find((place) => place < source.size && sniffAt(source, place))
  if (at === undefined) throw invalidInput('file', NOT_DICOM)
  warn(log, 'The file has neither prefix nor file meta group.')
  return at
}

function hasVr(source: ByteSource, at: number): boolean {
  return source.size >= at + 6 && findVr(source.read(at + 4, at + 6).readUInt16BE(0)) !== undefined
}

function sniffAt(source: ByteSource, at: number): TransferSyntax | undefined {
  return sniffEncoding(source.read(at, Math.min(at + HEAD_BYTES, source.size)), source.size - at)
}

/** Reads group 0002 until the group changes; its length element is often wrong and not needed. */
function parseMeta(reader: Reader, size: number): DataSet {
  const elements = new Map<Tag, DicomElement>()
  const meta: DataSet = { elements, parent: undefined }
  for (;;) {
    const tag = peekTag(reader, size)
    if (tag === undefined || tagGroup(tag) !== 2) return meta
    const before = reader.at
    if (!readHeader(reader, size, meta)) return meta
    const { vr, at: start, length } = reader
    if (length > size - start) {
      warn(reader.log, 'is longer than the file', tag)
      reader.at = before + 8
      return meta
    }
    reader.at = start + length
    const { source } = reader.window
    elements.set(tag, {
      tag,
      vr,
      bigEndian: false,
      source,
      start,
      length,
      items: undefined,
      fragments: undefined,
    })
  }
}

function declaredSyntax(meta: DataSet): TransferSyntax | undefined {
  const element = meta.elements.get(TAGS.transferSyntaxUid)
  const uid =
    element &&
    shortValueBytes(element)
      .toString('latin1')
      .replace(/[\0 ]+$/, '')
  return uid ? transferSyntaxOf(uid) : undefined
}

type Body = { readonly source: ByteSource; readonly at: number; readonly syntax: TransferSyntax }

type BodyOptions = {
  readonly declared: TransferSyntax | undefined
  readonly log: WarningLog
  readonly limits: ParseLimits
}

/** Where the data set lies and how it is encoded, as far as label and bytes agree. */
function openBody(source: ByteSource, at: number, { declared, log, limits }: BodyOptions): Body {
  if (!declared) {
    warn(log, 'The file does not name its transfer syntax.')
    return { source, at, syntax: sniffAt(source, at) ?? guessFromFirst(source, at) }
  }
  if (declared.deflated && source.size > at && !sniffAt(source, at)) {
    const inflated = memorySource(inflateDataSet(source.read(at, source.size), limits.inflatedBytes))
    return { source: inflated, at: 0, syntax: declared }
  }
  const window = openWindow(source)
  const length = Math.min(HEAD_BYTES, source.size - at)
  const head = length > 0 && bringIn(window, at, length) ? source.read(at, at + length) : Buffer.alloc(0)
  const syntax = checkEncoding(head, source.size - at, declared)
  if (syntax !== declared) warn(log, 'The data set is not encoded as its transfer syntax says.')
  return { source, at, syntax }
}

function guessFromFirst(source: ByteSource, at: number): TransferSyntax {
  return transferSyntaxOf(hasVr(source, at) ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2')
}
