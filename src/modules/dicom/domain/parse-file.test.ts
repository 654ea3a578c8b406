import { deflateRawSync, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../../core/refusal.ts'
import { memorySource } from './byte-source.ts'
import { valueBytes } from './data-set.ts'
import { exampleElements, rawElement, rawFile, rawImplicit } from './example-files.ts'
import { presentJsonModel } from './json-model.ts'
import { makeDataSet } from './make-element.ts'
import { type DicomFile, parseDicomFile } from './parse-file.ts'
import { PARSE_LIMITS } from './parse-limits.ts'
import { describeWarning } from './parse-warnings.ts'
import { findText } from './read-value.ts'
import { TAGS } from './tag.ts'
import {
  DEFLATED_EXPLICIT_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from './transfer-syntax.ts'
import { writeDicomFile } from './write-file.ts'

const EXPLICIT = EXPLICIT_LITTLE_ENDIAN.uid
const IMPLICIT = IMPLICIT_LITTLE_ENDIAN.uid
const UNDEFINED = 0xffffffff
const ITEM = 0xfffee000
const ITEM_END = rawImplicit(0xfffee00d, Buffer.alloc(0))
const SEQUENCE_END = rawImplicit(0xfffee0dd, Buffer.alloc(0))
const NAME = rawElement(0x00100010, 'PN', Buffer.from('Doe^Jane'))
const ID = rawElement(0x00100020, 'LO', Buffer.from('4711'))

function patientId(file: DicomFile): string | undefined {
  return findText(file.dataSet, 0x00100020)
}

describe('parseDicomFile reads what our writer writes', () => {
  const dataSet = makeDataSet(exampleElements())
  const json = presentJsonModel(dataSet)

  it.each([
    ['implicit little endian', IMPLICIT_LITTLE_ENDIAN],
    ['explicit little endian', EXPLICIT_LITTLE_ENDIAN],
    ['explicit big endian', EXPLICIT_BIG_ENDIAN],
    ['deflated', DEFLATED_EXPLICIT_LITTLE_ENDIAN],
  ])('in %s', (_, syntax) => {
    const file = parseDicomFile(writeDicomFile(dataSet, syntax))
    const { '00191001': privateValue, ...standard } = presentJsonModel(file.dataSet)
    const { '00191001': written, ...expected } = json
    expect(standard).toEqual(expected)
    expect(privateValue?.vr).toBe(syntax.vr === 'implicit' ? 'UN' : written?.vr)
    expect(file).toMatchObject({ warnings: [], truncated: false, transferSyntax: syntax })
  })

  it('from a source that is never in memory as a whole', () => {
    const bytes = writeDicomFile(dataSet, EXPLICIT_LITTLE_ENDIAN)
    const inMemory = memorySource(bytes)
    const file = parseDicomFile({ ...inMemory, memory: undefined })
    expect(presentJsonModel(file.dataSet)).toEqual(json)
  })
})

describe('parseDicomFile finds the data set', () => {
  const whole = writeDicomFile(makeDataSet(exampleElements()), EXPLICIT_LITTLE_ENDIAN)
  const meta = whole.readUInt32LE(140) + 144

  it.each([
    ['behind the prefix alone', whole.subarray(128)],
    ['behind the meta group alone', whole.subarray(132)],
    ['without anything before it', whole.subarray(meta)],
    ['behind one stray byte', Buffer.concat([Buffer.from(' '), whole.subarray(meta)])],
    [
      'in implicit VR without anything before it',
      writeDicomFile(makeDataSet(exampleElements()), IMPLICIT_LITTLE_ENDIAN).subarray(
        whole.readUInt32LE(140) + 142,
      ),
    ],
  ])('%s', (_, bytes) => expect(patientId(parseDicomFile(bytes))).toBe('ID-4711'))

  it('although the group length of the meta group is wrong', () => {
    const wrong = Buffer.from(whole)
    wrong.writeUInt32LE(9999, 140)
    expect(patientId(parseDicomFile(wrong))).toBe('ID-4711')
  })

  it.each([
    ['explicit data under an implicit label', rawFile(IMPLICIT, NAME, ID)],
    [
      'implicit data under an explicit label',
      rawFile(EXPLICIT, rawImplicit(0x00100020, Buffer.from('4711'))),
    ],
    [
      'deflated data with a zlib header',
      rawFile(DEFLATED_EXPLICIT_LITTLE_ENDIAN.uid, deflateSync(Buffer.concat([NAME, ID]))),
    ],
    [
      'deflated data with a pad byte',
      rawFile(
        DEFLATED_EXPLICIT_LITTLE_ENDIAN.uid,
        deflateRawSync(Buffer.concat([NAME, ID])),
        Buffer.alloc(1),
      ),
    ],
    ['plain data under a deflated label', rawFile(DEFLATED_EXPLICIT_LITTLE_ENDIAN.uid, NAME, ID)],
  ])('believing the bytes: %s', (_, bytes) => expect(patientId(parseDicomFile(bytes))).toBe('4711'))

  it.each([
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('This is no DICOM file, it only looks like one to nobody at all.')],
    ['a PNG header', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a prefix alone', Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')])],
    ['zeros', Buffer.alloc(4096)],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseDicomFile(bytes)).toThrow(
      new RefusedError({
        kind: 'invalid-input',
        problems: [{ field: 'file', problem: 'Invalid DICOM file' }],
      }),
    )
  })
})

describe('parseDicomFile reads structures', () => {
  const inner = rawElement(0x00080100, 'SH', Buffer.from('CODE'))
  const innerImplicit = rawImplicit(0x00080100, Buffer.from('CODE'))

  it.each([
    ['a sequence of defined lengths', EXPLICIT, rawElement(0x00400260, 'SQ', rawImplicit(ITEM, inner))],
    [
      'a sequence of undefined length',
      EXPLICIT,
      Buffer.concat([
        rawElement(0x00400260, 'SQ', Buffer.alloc(0), UNDEFINED),
        rawImplicit(ITEM, inner),
        SEQUENCE_END,
      ]),
    ],
    [
      'an item of undefined length',
      EXPLICIT,
      Buffer.concat([
        rawElement(0x00400260, 'SQ', Buffer.alloc(0), UNDEFINED),
        rawImplicit(ITEM, inner, UNDEFINED),
        ITEM_END,
        SEQUENCE_END,
      ]),
    ],
    [
      'an item that is never closed',
      EXPLICIT,
      Buffer.concat([
        rawElement(0x00400260, 'SQ', Buffer.alloc(0), UNDEFINED),
        rawImplicit(ITEM, inner, UNDEFINED),
        SEQUENCE_END,
      ]),
    ],
    [
      'a sequence sent as UN with undefined length',
      EXPLICIT,
      Buffer.concat([
        rawElement(0x00400260, 'UN', Buffer.alloc(0), UNDEFINED),
        rawImplicit(ITEM, innerImplicit),
        SEQUENCE_END,
      ]),
    ],
    [
      'a standard sequence sent as UN with a length',
      EXPLICIT,
      rawElement(0x00400260, 'UN', rawImplicit(ITEM, innerImplicit)),
    ],
    [
      'a private sequence in implicit VR',
      IMPLICIT,
      Buffer.concat([
        rawImplicit(0x00411001, Buffer.alloc(0), UNDEFINED),
        rawImplicit(ITEM, innerImplicit),
        SEQUENCE_END,
      ]),
    ],
  ])('%s', (_, syntax, bytes) => {
    const file = parseDicomFile(
      rawFile(
        syntax,
        bytes,
        syntax === EXPLICIT
          ? rawElement(0x00420010, 'ST', Buffer.from('after '))
          : rawImplicit(0x00420010, Buffer.from('after ')),
      ),
    )
    const [sequence] = [...file.dataSet.elements.values()]
    expect(sequence?.vr).toBe('SQ')
    expect(sequence?.items?.map((item) => findText(item, 0x00080100))).toEqual(['CODE'])
    expect(findText(file.dataSet, 0x00420010)).toBe('after')
  })

  it('a private sequence sent as UN with a length stays bytes', () => {
    const file = parseDicomFile(
      rawFile(EXPLICIT, rawElement(0x00411001, 'UN', rawImplicit(ITEM, innerImplicit))),
    )
    expect(file.dataSet.elements.get(0x00411001)).toMatchObject({ vr: 'UN', length: 20 })
  })

  it('a standard element sent as UN has the VR of the dictionary', () => {
    const file = parseDicomFile(rawFile(EXPLICIT, rawElement(0x00280010, 'UN', Buffer.from([0, 2]))))
    expect(file.dataSet.elements.get(0x00280010)?.vr).toBe('US')
  })

  it('fragments, the bytes of a delimiter inside one of them included', () => {
    const fragment = Buffer.concat([SEQUENCE_END, Buffer.from([1, 2])])
    const pixels = Buffer.concat([
      rawElement(TAGS.pixelData, 'OB', Buffer.alloc(0), UNDEFINED),
      rawImplicit(ITEM, Buffer.alloc(0)),
      rawImplicit(ITEM, fragment),
      SEQUENCE_END,
    ])
    const element = parseDicomFile(rawFile('1.2.840.10008.1.2.4.50', ID, pixels)).dataSet.elements.get(
      TAGS.pixelData,
    )
    expect(element?.fragments?.map(({ length }) => length)).toEqual([0, 10])
    expect(element && valueBytes(element).length).toBe(26)
  })

  it('the character set of an item that differs from its parent', () => {
    const own = Buffer.concat([
      rawElement(0x00080005, 'CS', Buffer.from('ISO_IR 144')),
      rawElement(0x00100020, 'LO', Buffer.from([0xbb, 0xee])),
    ])
    const inherited = rawElement(0x00100020, 'LO', Buffer.from([0xe9, 0x20]))
    const file = parseDicomFile(
      rawFile(
        EXPLICIT,
        rawElement(0x00080005, 'CS', Buffer.from('ISO_IR 100')),
        rawElement(0x00101002, 'SQ', Buffer.concat([rawImplicit(ITEM, own), rawImplicit(ITEM, inherited)])),
      ),
    )
    const items = file.dataSet.elements.get(0x00101002)?.items ?? []
    expect(items.map((item) => findText(item, 0x00100020))).toEqual(['Лю', 'é'])
  })

  it('US or SS by the Pixel Representation around it', () => {
    const lut = rawImplicit(0x00283002, Buffer.from([0, 1, 0, 0, 8, 0]))
    const signed = Buffer.concat([
      rawImplicit(0x00280103, Buffer.from([1, 0])),
      rawImplicit(0x00280106, Buffer.from([0xff, 0xff])),
      rawImplicit(0x00283000, rawImplicit(ITEM, lut)),
    ])
    const { dataSet } = parseDicomFile(rawFile(IMPLICIT, signed))
    expect(dataSet.elements.get(0x00280106)?.vr).toBe('SS')
    expect(dataSet.elements.get(0x00283000)?.items?.[0]?.elements.get(0x00283002)?.vr).toBe('SS')
  })
})

describe('parseDicomFile reads damage', () => {
  it.each([
    [
      'an unknown VR with a short length',
      rawElement(0x00100010, 'ZZ', Buffer.from('Doe^Jane')),
      'has an unknown VR',
    ],
    [
      'an unknown VR with a long length',
      rawElement(0x00100010, 'UN', Buffer.from('Doe^Jane')).fill('??', 4, 6),
      'has an unknown VR',
    ],
    ['an empty element of unknown VR', rawElement(0x00100010, '??', Buffer.alloc(0)), 'has an unknown VR'],
    [
      'an implicit element among explicit ones',
      rawImplicit(0x00100010, Buffer.from('\x03\x04')),
      'is in implicit VR among explicit elements',
    ],
    ['an odd length', rawElement(0x00100010, 'PN', Buffer.from('Doe')), undefined],
    ['an element out of order', rawElement(0x00200010, 'SH', Buffer.from('1 ')), 'is out of order'],
    ['a stray delimiter', ITEM_END, 'stands outside of a sequence'],
    ['a repeated element', rawElement(0x00100020, 'LO', Buffer.from('old ')), 'is repeated'],
  ])('%s', (_, damage, warning) => {
    const file = parseDicomFile(
      rawFile(EXPLICIT, rawElement(0x00080060, 'CS', Buffer.from('CT')), damage, ID),
    )
    expect(patientId(file)).toBe('4711')
    const warnings = file.warnings.map(describeWarning)
    if (warning === undefined) expect(warnings).toEqual([])
    else expect(warnings).toContainEqual(expect.stringContaining(warning))
  })

  it('a value that is cut off: everything before stands, the rest is taken', () => {
    const file = parseDicomFile(
      rawFile(EXPLICIT, ID, rawElement(TAGS.pixelData, 'OW', Buffer.alloc(10), 2 ** 31)),
    )
    expect(file.truncated).toBe(true)
    expect(patientId(file)).toBe('4711')
    expect(file.dataSet.elements.get(TAGS.pixelData)?.length).toBe(10)
  })

  it('every cut of a file without more than a refusal', () => {
    const whole = writeDicomFile(makeDataSet(exampleElements()), EXPLICIT_LITTLE_ENDIAN)
    for (let length = 0; length < whole.length; length += 1) {
      try {
        parseDicomFile(whole.subarray(0, length))
      } catch (error) {
        expect(error).toBeInstanceOf(RefusedError)
      }
    }
  })

  it('zeros and padding behind the last element', () => {
    const file = parseDicomFile(rawFile(EXPLICIT, ID, Buffer.alloc(64)))
    expect(patientId(file)).toBe('4711')
    expect(file.dataSet.elements.size).toBe(1)
  })
})

describe('parseDicomFile keeps to its limits', () => {
  it('refuses sequences nested deeper than 64', () => {
    const level = Buffer.concat([
      rawElement(0x00400260, 'SQ', Buffer.alloc(0), UNDEFINED),
      rawImplicit(ITEM, Buffer.alloc(0), UNDEFINED),
    ])
    const deep = (levels: number): Buffer => rawFile(EXPLICIT, ...Array.from({ length: levels }, () => level))
    expect(() => parseDicomFile(deep(64))).not.toThrow()
    expect(() => parseDicomFile(deep(65))).toThrow('nested too deeply')
    expect(() => parseDicomFile(deep(20_000))).toThrow('nested too deeply')
  })

  it.each([
    ['elements', rawFile(EXPLICIT, ...Array.from({ length: 12 }, () => ID))],
    [
      'items',
      rawFile(
        EXPLICIT,
        rawElement(
          0x00400260,
          'SQ',
          Buffer.concat(Array.from({ length: 12 }, () => rawImplicit(ITEM, Buffer.alloc(0)))),
        ),
      ),
    ],
    [
      'fragments',
      rawFile(
        '1.2.840.10008.1.2.5',
        rawElement(TAGS.pixelData, 'OB', Buffer.alloc(0), UNDEFINED),
        ...Array.from({ length: 12 }, () => rawImplicit(ITEM, Buffer.alloc(0))),
      ),
    ],
  ])('refuses too many %s', (what, bytes) => {
    expect(() => parseDicomFile(bytes, { ...PARSE_LIMITS, [what]: 10 })).toThrow(`too many ${what}`)
  })

  it('refuses a deflated data set that grows beyond the limit', () => {
    const bomb = rawFile(DEFLATED_EXPLICIT_LITTLE_ENDIAN.uid, deflateRawSync(Buffer.alloc(1 << 22)))
    expect(() => parseDicomFile(bomb, { ...PARSE_LIMITS, inflatedBytes: 1 << 20 })).toThrow('too large')
  })
})
