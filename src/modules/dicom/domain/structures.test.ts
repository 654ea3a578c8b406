import { describe, expect, it } from 'vitest'
import { findDocument } from './encapsulated-document.ts'
import { example, exampleSequence, rawElement, rawFile, rawImplicit } from './example-files.ts'
import { makeBytesElement, makeDataSet, makeElement } from './make-element.ts'
import { isMediaDirectory, listDirectory } from './media-directory.ts'
import { orderInstances } from './order-instances.ts'
import { parseDicomFile } from './parse-file.ts'
import { findText } from './read-value.ts'
import { isStructuredReport, readReport } from './structured-report.ts'
import { parseUnknownSequence } from './unknown-sequence.ts'
import { readWaveforms } from './waveforms.ts'

describe('parseUnknownSequence', () => {
  const item = rawImplicit(0xfffee000, rawImplicit(0x00080100, Buffer.from('CODE')))

  it('reads the items inside of a private UN element', () => {
    const { dataSet } = parseDicomFile(
      rawFile('1.2.840.10008.1.2.1', rawElement(0x00411001, 'UN', Buffer.concat([item, item]))),
    )
    const element = dataSet.elements.get(0x00411001)
    const items = element && parseUnknownSequence(element, dataSet)
    expect(items?.map((inner) => findText(inner, 0x00080100))).toEqual(['CODE', 'CODE'])
  })

  it.each([
    ['other bytes', Buffer.from('just some bytes!')],
    ['a damaged sequence', Buffer.concat([item, Buffer.from('rest')])],
    ['nothing', Buffer.alloc(0)],
  ])('finds none in %s', (_, bytes) => {
    const { dataSet } = parseDicomFile(rawFile('1.2.840.10008.1.2.1', rawElement(0x00411001, 'UN', bytes)))
    const element = dataSet.elements.get(0x00411001)
    expect(element && parseUnknownSequence(element, dataSet)).toBeUndefined()
  })
})

describe('listDirectory', () => {
  it('joins records to trees by their order and type, unused ones left out', () => {
    const record = (type: string, ...file: readonly string[]): readonly ReturnType<typeof example>[] => [
      example('RecordInUseFlag', 0xffff),
      example('DirectoryRecordType', type),
      ...(file.length > 0 ? [example('ReferencedFileID', ...file)] : []),
    ]
    const unused = [example('RecordInUseFlag', 0), example('DirectoryRecordType', 'IMAGE')]
    const dataSet = makeDataSet([
      exampleSequence(
        'DirectoryRecordSequence',
        record('PATIENT'),
        record('STUDY'),
        record('SERIES'),
        record('IMAGE', 'A', 'B'),
        unused,
        record('SERIES'),
        record('SR DOCUMENT', 'C'),
        record('PATIENT'),
      ),
    ])
    expect(isMediaDirectory(dataSet)).toBe(true)
    const shape = (records: ReturnType<typeof listDirectory>): unknown =>
      records.map(({ type, file, children }) => [type, file.join('/'), shape(children)])
    expect(shape(listDirectory(dataSet))).toEqual([
      [
        'PATIENT',
        '',
        [
          [
            'STUDY',
            '',
            [
              ['SERIES', '', [['IMAGE', 'A/B', []]]],
              ['SERIES', '', [['SR DOCUMENT', 'C', []]]],
            ],
          ],
        ],
      ],
      ['PATIENT', '', []],
    ])
  })
})

describe('readWaveforms', () => {
  const channel = (
    label: string,
    sensitivity: string,
    baseline: string,
  ): readonly ReturnType<typeof example>[] => [
    example('ChannelLabel', label),
    example('ChannelSensitivity', sensitivity),
    example('ChannelSensitivityCorrectionFactor', '1'),
    example('ChannelBaseline', baseline),
    example('ChannelTimeSkew', '0.5'),
    exampleSequence('ChannelSensitivityUnitsSequence', [example('CodeValue', 'uV')]),
  ]

  function waveform(interpretation: string, data: Uint8Array): ReturnType<typeof readWaveforms> {
    return readWaveforms(
      makeDataSet([
        exampleSequence('WaveformSequence', [
          example('SamplingFrequency', '500'),
          example('WaveformSampleInterpretation', interpretation),
          exampleSequence('ChannelDefinitionSequence', channel('I', '2', '0'), channel('II', '1', '10')),
          makeBytesElement(0x54001010, 'OW', data),
        ]),
      ]),
    )
  }

  it('separates channels and applies sensitivity and baseline', () => {
    const [group] = waveform('SS', new Uint8Array(Int16Array.of(1, 5, -3, 6).buffer))
    expect(group?.samplingFrequencyHz).toBe(500)
    expect(
      group?.channels.map(({ label, unit, skewS, values }) => [label, unit, skewS, [...values]]),
    ).toEqual([
      ['I', 'uV', 0.5, [2, -6]],
      ['II', 'uV', 0.5, [15, 16]],
    ])
  })

  it('leaves out what it cannot read', () => expect(waveform('MB', new Uint8Array(8))).toEqual([]))
})

describe('orderInstances', () => {
  const slice = (
    name: string,
    series: string,
    z: string | undefined,
    number: string,
  ): Parameters<typeof orderInstances>[0][number] => ({
    name,
    dataSet: makeDataSet([
      example('SeriesInstanceUID', series),
      makeElement(0x00200013, number, 'IS'),
      ...(z === undefined
        ? []
        : [
            example('ImagePositionPatient', '0', '0', z),
            example('ImageOrientationPatient', '1', '0', '0', '0', '1', '0'),
          ]),
    ]),
  })

  it.each([
    [
      'along the normal of the slices',
      [slice('a', '2.25.1', '10', '1'), slice('b', '2.25.1', '-5', '2'), slice('c', '2.25.1', '3', '3')],
      'bca',
    ],
    [
      'by number where a position is missing',
      [slice('a', '2.25.1', '10', '3'), slice('b', '2.25.1', undefined, '1'), slice('c', '2.25.1', '3', '2')],
      'bca',
    ],
    [
      'series by series',
      [
        slice('a', '2.25.2', undefined, '2'),
        slice('b', '2.25.1', undefined, '1'),
        slice('c', '2.25.2', undefined, '1'),
      ],
      'cab',
    ],
    [
      'by name at last',
      [slice('s10', '2.25.1', undefined, '1'), slice('s9', '2.25.1', undefined, '1')],
      's9s10',
    ],
  ])('orders %s', (_, instances, order) => {
    expect(
      orderInstances(instances)
        .map(({ name }) => name)
        .join(''),
    ).toBe(order)
  })
})

describe('readReport', () => {
  const code = (value: string, meaning: string): readonly ReturnType<typeof example>[] => [
    example('CodeValue', value),
    example('CodingSchemeDesignator', 'TEST'),
    example('CodeMeaning', meaning),
  ]
  const item = (
    relationship: string,
    valueType: string,
    concept: string,
    ...value: readonly ReturnType<typeof example>[]
  ): readonly ReturnType<typeof example>[] => [
    example('RelationshipType', relationship),
    example('ValueType', valueType),
    exampleSequence('ConceptNameCodeSequence', code('C', concept)),
    ...value,
  ]

  it('reads the content tree with values in words', () => {
    const measured = exampleSequence('MeasuredValueSequence', [
      example('NumericValue', '12.5'),
      exampleSequence('MeasurementUnitsCodeSequence', code('mm', 'millimeter')),
    ])
    const image = exampleSequence('ReferencedSOPSequence', [
      example('ReferencedSOPClassUID', '1.2.840.10008.5.1.4.1.1.2'),
      example('ReferencedSOPInstanceUID', '2.25.9'),
    ])
    const report = makeDataSet([
      example('ValueType', 'CONTAINER'),
      exampleSequence('ConceptNameCodeSequence', code('R', 'Report')),
      exampleSequence(
        'ContentSequence',
        item('CONTAINS', 'TEXT', 'Finding', example('TextValue', 'A node.')),
        item('CONTAINS', 'NUM', 'Diameter', measured),
        item('CONTAINS', 'CODE', 'Side', exampleSequence('ConceptCodeSequence', code('L', 'Left'))),
        item('INFERRED FROM', 'IMAGE', 'Source', image),
        item('HAS OBS CONTEXT', 'PNAME', 'Observer', example('PersonName', 'Doe^Jane')),
      ),
    ])
    expect(isStructuredReport(report)).toBe(true)
    const { concept, children } = readReport(report)
    expect([concept, ...children.map(({ concept, value }) => `${concept}: ${value}`)]).toEqual([
      'Report',
      'Finding: A node.',
      'Diameter: 12.5 mm',
      'Side: Left',
      'Source: CT Image Storage 2.25.9',
      'Observer: Doe^Jane',
    ])
  })
})

describe('findDocument', () => {
  const pdf = [
    example('DocumentTitle', 'Letter'),
    example('MIMETypeOfEncapsulatedDocument', 'application/pdf'),
    makeBytesElement(0x00420011, 'OB', Buffer.from('%PDF-')),
  ]

  it('gives a document back without padding', () => {
    const found = findDocument(makeDataSet([...pdf, makeElement(0x00420015, 5, 'UL')]))
    expect(found).toMatchObject({ mediaType: 'application/pdf', title: 'Letter' })
    expect(found?.bytes.toString()).toBe('%PDF-')
    expect(findDocument(makeDataSet([]))).toBeUndefined()
  })
})
