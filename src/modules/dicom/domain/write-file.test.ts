import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementText } from './element-text.ts'
import { example, exampleElements, exampleSequence } from './example-files.ts'
import { presentJsonModel } from './json-model.ts'
import { makeBytesElement, makeDataSet, makeElement, makeEncapsulatedPixelData } from './make-element.ts'
import { parseDicomFile } from './parse-file.ts'
import { parseJsonModel } from './parse-json-model.ts'
import { readDisplayTexts } from './read-value.ts'
import { TAGS } from './tag.ts'
import {
  DEFLATED_EXPLICIT_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  JPEG_BASELINE,
} from './transfer-syntax.ts'
import { writeDicomFile } from './write-file.ts'

describe('writeDicomFile', () => {
  const file = writeDicomFile(makeDataSet(exampleElements()))

  it('begins with 128 zeros, the prefix, and a meta group of the length that it says', () => {
    expect(file.subarray(0, 128).every((byte) => byte === 0)).toBe(true)
    expect(file.toString('latin1', 128, 132)).toBe('DICM')
    expect(file.toString('hex', 132, 140)).toBe('02000000554c0400')
    const body = 144 + file.readUInt32LE(140)
    expect(file.readUInt16LE(body)).toBe(8)
  })

  it('takes the SOP UIDs into the meta group', () => {
    const { meta } = parseDicomFile(file)
    const texts = [...meta.elements.values()].map((element) => elementText(element, meta))
    expect(texts.slice(1, 5)).toEqual([
      "b'\\x00\\x01'",
      '1.2.840.10008.5.1.4.1.1.2',
      '2.25.1',
      EXPLICIT_LITTLE_ENDIAN.uid,
    ])
  })

  it('writes tags in ascending order and values of even length', () => {
    const shuffled = makeDataSet([...exampleElements()].reverse())
    expect(writeDicomFile(shuffled)).toEqual(file)
    expect(file.length % 2).toBe(0)
  })

  it('leaves out group lengths', () => {
    const withLength = makeDataSet([...exampleElements(), makeElement(0x00080000, 400, 'UL')])
    expect(writeDicomFile(withLength)).toEqual(file)
  })

  it('sends a value too long for its VR as UN', () => {
    const long = makeDataSet([
      ...exampleElements(),
      makeElement(
        0x3004000c,
        Array.from({ length: 9000 }, () => '1.123456'),
        'DS',
      ),
    ])
    expect(writeDicomFile(long).includes(Buffer.from([0x04, 0x30, 0x0c, 0x00, 0x55, 0x4e]))).toBe(true)
  })

  it('encapsulates frames behind an offset table', () => {
    const pixels = makeEncapsulatedPixelData([Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)])
    const read = parseDicomFile(writeDicomFile(makeDataSet([...exampleElements(), pixels]), JPEG_BASELINE))
    const element = read.dataSet.elements.get(TAGS.pixelData)
    expect(element?.fragments?.map(({ length }) => length)).toEqual([8, 4, 2])
    expect(read.truncated).toBe(false)
    expect(element && elementText(element, read.dataSet)).toBe(
      "b'\\xfe\\xff\\x00\\xe0\\x08\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x0c\\x00\\x00\\x00\\xfe\\xff\\x00\\xe0\\x04\\x00\\x00\\x00\\x01\\x02\\x03\\x00\\xfe\\xff\\x00\\xe0\\x02\\x00\\x00\\x00\\x04\\x05'",
    )
  })

  it('refuses a data set without identity', () => {
    expect(() => writeDicomFile(makeDataSet([]))).toThrow('SOPClassUID: This field is required.')
  })
})

describe('any data set', () => {
  const ELEMENTS = [
    fc.stringMatching(/^[A-Z0-9_]{1,16}$/).map((text) => example('BodyPartExamined', text)),
    fc
      .array(fc.integer({ min: -999, max: 999 }), { minLength: 3, maxLength: 3 })
      .map((values) => example('ImagePositionPatient', ...values.map(String))),
    fc.double({ noNaN: true }).map((value) => example('RealWorldValueSlope', value)),
    fc
      .array(fc.float(), { minLength: 1, maxLength: 5 })
      .map((values) => makeElement(0x00720076, values, 'FL')),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => makeElement(0x7fe00001, value, 'UV')),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((value) => makeElement(0x00186020, value, 'SL')),
    fc.uint8Array({ maxLength: 64 }).map((bytes) => makeBytesElement(0x00420011, 'OB', bytes)),
    fc.integer({ min: 0, max: 0xffffffff }).map((tag) => makeElement(0x00280009, tag, 'AT')),
    fc
      .stringMatching(/^[a-zA-Z ]{0,20}x$/)
      .map((text) =>
        exampleSequence(
          'RequestAttributesSequence',
          [example('ScheduledProcedureStepDescription', text)],
          [],
        ),
      ),
  ]

  it('is the same after writing and reading in every native transfer syntax', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(...ELEMENTS), { maxLength: 8 }),
        fc.constantFrom(
          EXPLICIT_LITTLE_ENDIAN,
          IMPLICIT_LITTLE_ENDIAN,
          EXPLICIT_BIG_ENDIAN,
          DEFLATED_EXPLICIT_LITTLE_ENDIAN,
        ),
        (elements, syntax) => {
          const dataSet = makeDataSet([
            ...exampleElements().filter(({ tag }) => tag >>> 16 !== 0x19),
            ...elements,
          ])
          const read = parseDicomFile(writeDicomFile(dataSet, syntax))
          const explicit = syntax.vr === 'explicit'
          const values = (json: ReturnType<typeof presentJsonModel>): unknown =>
            explicit
              ? json
              : Object.fromEntries(
                  Object.entries(json).filter(([, { vr }]) => !'FL SL UV OB OV'.includes(vr)),
                )
          expect(Object.keys(presentJsonModel(read.dataSet))).toEqual(Object.keys(presentJsonModel(dataSet)))
          if (explicit)
            expect(values(presentJsonModel(read.dataSet))).toEqual(values(presentJsonModel(dataSet)))
          expect(read.warnings).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a value that is far too large', () => {
  it.each([
    ['US', 0x00280010],
    ['UT', 0x0040a160],
  ] as const)('of VR %s is counted, not taken apart', (vr, tag) => {
    const element = makeBytesElement(tag, vr, Buffer.alloc(17 << 20, 0x41))
    const dataSet = makeDataSet([element])
    expect(elementText(element, dataSet)).toBe(`Array of ${17 << 20} elements`)
    expect(() => readDisplayTexts(element, dataSet)).toThrow('The value is too large.')
  })
})

describe('the DICOM JSON model', () => {
  const dataSet = makeDataSet(exampleElements())

  it('has the shapes of PS3.18 F.2', () => {
    const json = presentJsonModel(
      makeDataSet([
        example('PatientName', 'Yamada^Tarou=山田^太郎=やまだ^たろう'),
        example('ImagePositionPatient', '1.50', '-2', '3'),
        example('FrameIncrementPointer', 0x00181063),
        makeElement(0x00189461, [Number.NaN, Number.NEGATIVE_INFINITY], 'FL'),
        makeElement(0x7fe00001, 2n ** 60n, 'UV'),
        makeBytesElement(0x00420011, 'OB', Uint8Array.of(1, 2)),
        example('AccessionNumber'),
      ]),
    )
    expect(json).toEqual({
      '00080050': { vr: 'SH' },
      '00100010': {
        vr: 'PN',
        Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' }],
      },
      '00189461': { vr: 'FL', Value: ['NaN', '-inf'] },
      '00200032': { vr: 'DS', Value: [1.5, -2, 3] },
      '00280009': { vr: 'AT', Value: ['00181063'] },
      '00420011': { vr: 'OB', InlineBinary: 'AQI=' },
      '7FE00001': { vr: 'UV', Value: ['1152921504606846976'] },
    })
  })

  it('reads what it writes', () => {
    expect(presentJsonModel(parseJsonModel(JSON.parse(JSON.stringify(presentJsonModel(dataSet)))))).toEqual(
      presentJsonModel(dataSet),
    )
  })

  it('sends bytes by reference where asked', () => {
    const bulk = makeDataSet([makeBytesElement(TAGS.pixelData, 'OW', Uint8Array.of(1, 2))])
    const json = presentJsonModel(bulk, {
      bulkDataUri: (element, path) => `bulk/${element.vr}/${path.join('/')}`,
    })
    expect(json['7FE00010']).toEqual({ vr: 'OW', BulkDataURI: `bulk/OW/${TAGS.pixelData}` })
  })

  it.each([
    [[], 'Expected an object'],
    [{ nonsense: {} }, 'eight hexadecimal digits'],
    [{ '00100010': 'x' }, 'Expected an object with vr and Value.'],
    [{ '00100010': { vr: 'QQ' } }, 'Unknown VR.'],
    [{ '00280010': { vr: 'US', Value: [70000] } }, 'Ensure this value is between 0 and 65535.'],
    [{ '00280010': { vr: 'US', Value: [{}] } }, 'Not a value of VR US.'],
    [{ '7FE00010': { vr: 'OW', BulkDataURI: 'http://x' } }, 'not accepted'],
  ])('refuses %j', (json, problem) => expect(() => parseJsonModel(json)).toThrow(problem))
})
