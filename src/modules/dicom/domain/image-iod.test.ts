import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tagOf } from './make-element.ts'
import { parseDicomFile } from './parse-file.ts'
import { findText } from './read-value.ts'
import { makeSecondaryCapture, type Picture } from './secondary-capture.ts'
import { TAGS } from './tag.ts'
import { writeDicomFile } from './write-file.ts'

const GREY16: Picture = {
  rows: 2,
  columns: 3,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  pixels: Uint8Array.of(0, 0, 50, 0, 100, 0, 150, 0, 200, 0, 250, 0),
}
const GREY8: Picture = { ...GREY16, bitsAllocated: 8, pixels: Uint8Array.of(0, 50, 100, 150, 200, 250) }
const COLOR: Picture = { ...GREY8, samplesPerPixel: 3, pixels: new Uint8Array(18).fill(7) }

const PLANE_FIELDS = {
  FrameOfReferenceUID: '2.25.9',
  PixelSpacing: '0.5\\0.5',
  ImageOrientationPatient: '1\\0\\0\\0\\1\\0',
  ImagePositionPatient: '0\\0\\5',
}

/** What a client gives for each object, beyond its picture. */
const OBJECTS: Readonly<Record<string, { picture: Picture; fields: Readonly<Record<string, string>> }>> = {
  SC: { picture: COLOR, fields: {} },
  CT: {
    picture: GREY16,
    fields: {
      ...PLANE_FIELDS,
      ImageType: 'ORIGINAL\\PRIMARY\\AXIAL',
      RescaleIntercept: '-1024',
      RescaleSlope: '1',
    },
  },
  MR: {
    picture: GREY16,
    fields: {
      ...PLANE_FIELDS,
      ImageType: 'ORIGINAL\\PRIMARY\\M',
      ScanningSequence: 'SE',
      SequenceVariant: 'NONE',
    },
  },
  CR: { picture: GREY16, fields: {} },
  US: { picture: COLOR, fields: { ImageType: 'ORIGINAL\\PRIMARY' } },
  VL: { picture: COLOR, fields: { ImageType: 'ORIGINAL\\PRIMARY' } },
}

/** Types 1 and 2 of the modules of PS3.3, by their tables. */
const MODULES: Readonly<Record<string, readonly [type1: string, type2: string]>> = {
  'Patient C.7-1': ['', 'PatientName PatientID PatientBirthDate PatientSex'],
  'General Study C.7-3': [
    'StudyInstanceUID',
    'StudyDate StudyTime ReferringPhysicianName StudyID AccessionNumber',
  ],
  'General Series C.7-5a': ['Modality SeriesInstanceUID', 'SeriesNumber'],
  'General Equipment C.7-8': ['', 'Manufacturer'],
  'Frame of Reference C.7-6': ['FrameOfReferenceUID', 'PositionReferenceIndicator'],
  'General Image C.7-9': ['', 'InstanceNumber'],
  'Image Plane C.7-10': ['PixelSpacing ImageOrientationPatient ImagePositionPatient', 'SliceThickness'],
  'Image Pixel C.7-11a': [
    'SamplesPerPixel PhotometricInterpretation Rows Columns BitsAllocated BitsStored HighBit PixelRepresentation PixelData',
    '',
  ],
  'SOP Common C.12-1': ['SOPClassUID SOPInstanceUID', ''],
  'SC Equipment C.8-24': ['ConversionType', ''],
  'CT Image C.8-3': [
    'ImageType SamplesPerPixel PhotometricInterpretation BitsAllocated BitsStored HighBit RescaleIntercept RescaleSlope',
    'KVP AcquisitionNumber',
  ],
  'MR Image C.8-4': [
    'ImageType SamplesPerPixel PhotometricInterpretation BitsAllocated ScanningSequence SequenceVariant',
    'ScanOptions MRAcquisitionType RepetitionTime EchoTime EchoTrainLength InversionTime',
  ],
  'CR Series C.8-1': ['', 'BodyPartExamined ViewPosition'],
  'US Image C.8-18': [
    'ImageType SamplesPerPixel PhotometricInterpretation BitsAllocated BitsStored HighBit',
    '',
  ],
  'VL Image C.8-77': ['ImageType LossyImageCompression', ''],
  'Acquisition Context C.7.6.14': ['', 'AcquisitionContextSequence'],
}
const COMMON = ['Patient', 'General Study', 'General Series', 'General Image', 'Image Pixel', 'SOP Common']
const OF_OBJECT: Readonly<Record<string, readonly string[]>> = {
  SC: ['SC Equipment'],
  CT: ['General Equipment', 'Frame of Reference', 'Image Plane', 'CT Image'],
  MR: ['General Equipment', 'Frame of Reference', 'Image Plane', 'MR Image'],
  CR: ['General Equipment', 'CR Series'],
  US: ['General Equipment', 'US Image'],
  VL: ['General Equipment', 'VL Image', 'Acquisition Context'],
}

function fileOf(name: string, changes: Readonly<Record<string, string>> = {}, picture?: Picture): Buffer {
  const object = OBJECTS[name]
  if (!object) throw new Error(name)
  let count = 0
  const given = Object.entries({ ...object.fields, sop_class: name, ...changes })
  return writeDicomFile(
    makeSecondaryCapture({
      pictures: [picture ?? object.picture],
      fields: new Map(
        given.filter(([, value]) => value !== '').map(([keyword, value]) => [keyword, [value]]),
      ),
      newUid: () => {
        count += 1
        return `2.25.${count}`
      },
      now: { date: '20250102', time: '030405' },
    }),
  )
}

function names(kind: 0 | 1, name: string): readonly string[] {
  const modules = [...COMMON, ...(OF_OBJECT[name] ?? [])]
  return Object.entries(MODULES)
    .filter(([title]) => modules.some((module) => title.startsWith(`${module} C.`)))
    .flatMap(([, types]) => types[kind].split(' '))
    .filter((keyword) => keyword !== '')
}

describe.each(Object.keys(OBJECTS))('a picture as an object of %s', (name) => {
  it('has every attribute of type 1 with a value and every one of type 2', () => {
    const { dataSet } = parseDicomFile(fileOf(name))
    const lengthOf = (keyword: string) => dataSet.elements.get(tagOf(keyword))?.length
    expect(names(0, name).filter((keyword) => !lengthOf(keyword))).toEqual([])
    expect(names(1, name).filter((keyword) => lengthOf(keyword) === undefined)).toEqual([])
    const isPaired = dataSet.elements.has(TAGS.planarConfiguration)
    expect(isPaired).toBe(OBJECTS[name]?.picture.samplesPerPixel === 3)
    expect(dataSet.elements.has(tagOf('ConversionType'))).toBe(name === 'SC')
  })

  it('is refused without any one of what the client must give', () => {
    for (const keyword of Object.keys(OBJECTS[name]?.fields ?? {})) {
      expect(() => fileOf(name, { [keyword]: '' }), keyword).toThrow(`${keyword}: This field is required.`)
    }
  })
})

describe('an object that is asked for', () => {
  it.each([
    ['CT', { sop_class: 'PET' }, undefined, 'sop_class: This must be one of SC, CT, MR, CR, US, VL.'],
    ['CT', { Modality: 'MR' }, undefined, 'Modality: The modality of this object is CT.'],
    [
      'CT',
      { ImageType: 'ORIGINAL\\PRIMARY' },
      undefined,
      'ImageType: Ensure this field has at least 3 values.',
    ],
    ['CT', {}, GREY8, 'image: An image of CT must have 16 bits a sample.'],
    ['MR', {}, COLOR, 'image: An image of MR must be grey.'],
    ['US', {}, GREY16, 'image: An image of US must have 8 bits a sample.'],
  ] as const)('%s with %o is refused', (name, changes, picture, message) => {
    expect(() => fileOf(name, changes, picture)).toThrow(message)
  })

  it('has the class, the modality and the rescaling that were asked for', () => {
    const { dataSet } = parseDicomFile(fileOf('CT', { sop_class: '1.2.840.10008.5.1.4.1.1.2' }))
    const texts = ['SOPClassUID', 'Modality', 'RescaleIntercept'].map((keyword) =>
      findText(dataSet, tagOf(keyword)),
    )
    expect(texts).toEqual(['1.2.840.10008.5.1.4.1.1.2', 'CT', '-1024'])
  })
})

const READERS: readonly {
  name: string
  command: string
  args: readonly string[]
  probe: readonly string[]
}[] = [
  { name: 'dcmdump', command: 'dcmdump', args: ['-q', '+E'], probe: ['--version'] },
  {
    name: 'pydicom',
    command: 'python3',
    args: [
      '-c',
      'import sys, warnings; warnings.simplefilter("error"); import pydicom; d = pydicom.dcmread(sys.argv[1]); [str(e) for e in d.iterall()]; print(d.SOPClassUID.name, len(d.PixelData))',
    ],
    probe: ['-c', 'import pydicom'],
  },
]

describe('independent readers', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'touchstone-iods-'))
    for (const name of Object.keys(OBJECTS)) writeFileSync(join(folder, `${name}.dcm`), fileOf(name))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  for (const { name, command, args, probe } of READERS) {
    const isThere = spawnSync(command, [...probe]).status === 0
    const title = isThere
      ? `${name} reads every object`
      : `${name} is not installed and reads none of the objects`
    it.skipIf(!isThere)(title, () => {
      for (const object of Object.keys(OBJECTS)) {
        const out = execFileSync(command, [...args, join(folder, `${object}.dcm`)], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        expect(out.length, object).toBeGreaterThan(10)
      }
    })
  }
})
