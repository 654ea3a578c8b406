import { describe, expect, it } from 'vitest'
import { findByKeyword, listMetadata } from './metadata-text.ts'
import { parseDicomFile } from './parse-file.ts'
import { findText } from './read-value.ts'
import { makeSecondaryCapture, type Picture, type SecondaryCapture } from './secondary-capture.ts'
import { TAGS } from './tag.ts'
import { writeDicomFile } from './write-file.ts'

const GREY: Picture = {
  rows: 2,
  columns: 3,
  samplesPerPixel: 1,
  bitsAllocated: 8,
  pixels: Uint8Array.of(0, 50, 100, 150, 200, 250),
}

function capture(more: Partial<SecondaryCapture> = {}): SecondaryCapture {
  let count = 0
  return {
    pictures: [GREY],
    fields: new Map(),
    newUid: () => {
      count += 1
      return `2.25.${count}`
    },
    now: { date: '20250102', time: '030405' },
    ...more,
  }
}

function textOf(more: Partial<SecondaryCapture>, keyword: string): string | undefined {
  const dataSet = makeSecondaryCapture(capture(more))
  const element = findByKeyword(dataSet, keyword)
  return element && new Map(listMetadata(dataSet)).get(keyword)
}

describe('makeSecondaryCapture', () => {
  it('has every type 1 attribute with a value and every type 2 attribute', () => {
    const { dataSet } = parseDicomFile(writeDicomFile(makeSecondaryCapture(capture())))
    const empty = [...dataSet.elements.values()].filter(({ length }) => length === 0)
    expect(Object.fromEntries(listMetadata(dataSet, new Set(['PixelData'])))).toEqual({
      ImageType: "['DERIVED', 'SECONDARY']",
      InstanceCreationDate: '20250102',
      InstanceCreationTime: '030405',
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
      SOPInstanceUID: '2.25.1',
      Modality: 'OT',
      ConversionType: 'WSD',
      DateOfSecondaryCapture: '20250102',
      TimeOfSecondaryCapture: '030405',
      StudyInstanceUID: '2.25.2',
      SeriesInstanceUID: '2.25.3',
      SamplesPerPixel: '1',
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: '2',
      Columns: '3',
      BitsAllocated: '8',
      BitsStored: '8',
      HighBit: '7',
    })
    expect(empty).toHaveLength(12)
    expect(dataSet.elements.has(TAGS.planarConfiguration)).toBe(false)
    expect(dataSet.elements.get(TAGS.pixelRepresentation)).toBeDefined()
  })

  it('takes what the client gives, UIDs included, but not what the picture decides', () => {
    const fields = new Map([
      ['Modality', ['CT']],
      ['SOPInstanceUID', ['1.2.3']],
      ['Rows', ['999']],
      ['TransferSyntaxUID', ['1.2']],
      ['not_a_keyword', ['x']],
    ])
    expect(textOf({ fields }, 'Modality')).toBe('CT')
    expect(textOf({ fields }, 'SOPInstanceUID')).toBe('1.2.3')
    expect(textOf({ fields }, 'Rows')).toBe('2')
    expect(textOf({ fields }, 'TransferSyntaxUID')).toBeUndefined()
  })

  it('declares UTF-8 exactly if a text needs it, inside of sequences too', () => {
    expect(
      textOf({ fields: new Map([['PatientName', ['Doe^Jane']]]) }, 'SpecificCharacterSet'),
    ).toBeUndefined()
    expect(textOf({ fields: new Map([['PatientName', ['Müller']]]) }, 'SpecificCharacterSet')).toBe(
      'ISO_IR 192',
    )
    const nested = new Map([['OtherPatientIDsSequence', ['[{"00100020":{"vr":"LO","Value":["Ä"]}}]']]])
    expect(textOf({ fields: nested }, 'SpecificCharacterSet')).toBe('ISO_IR 192')
  })

  it('says that a picture was lossy', () => {
    const lossy = { ...GREY, lossyRatio: 7.456 }
    expect(textOf({ pictures: [lossy] }, 'LossyImageCompression')).toBe('01')
    expect(textOf({ pictures: [lossy] }, 'LossyImageCompressionMethod')).toBe('ISO_10918_1')
    expect(textOf({ pictures: [lossy] }, 'LossyImageCompressionRatio')).toBe('7.46')
    expect(textOf({}, 'LossyImageCompression')).toBeUndefined()
  })

  it.each([
    [{ ...GREY }, '1.2.840.10008.5.1.4.1.1.7.2'],
    [{ ...GREY, bitsAllocated: 16 as const, pixels: new Uint8Array(12) }, '1.2.840.10008.5.1.4.1.1.7.3'],
    [{ ...GREY, samplesPerPixel: 3 as const, pixels: new Uint8Array(18) }, '1.2.840.10008.5.1.4.1.1.7.4'],
  ])('makes the multi-frame class of several pictures', (picture, sopClass) => {
    const dataSet = makeSecondaryCapture(capture({ pictures: [picture, picture] }))
    expect(findText(dataSet, TAGS.sopClassUid)).toBe(sopClass)
    expect(findText(dataSet, TAGS.numberOfFrames)).toBe('2')
    expect(dataSet.elements.get(TAGS.pixelData)?.length).toBe(picture.pixels.length * 2)
  })

  it('refuses no picture and pictures of different shapes', () => {
    expect(() => makeSecondaryCapture(capture({ pictures: [] }))).toThrow('image: No file was submitted.')
    expect(() => makeSecondaryCapture(capture({ pictures: [GREY, { ...GREY, rows: 1 }] }))).toThrow(
      'same size',
    )
  })
})
