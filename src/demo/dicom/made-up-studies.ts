import type { DataSet, DicomElement } from '../../modules/dicom/domain/data-set.ts'
import {
  type ElementValue,
  makeBytesElement,
  makeDataSet,
  makeNamed,
  makeSequence,
  tagOf,
} from '../../modules/dicom/domain/make-element.ts'
import { TAGS } from '../../modules/dicom/domain/tag.ts'
import { replacementUid } from '../../modules/dicom/domain/uid.ts'
import { circlesAt, type Shape, valueAt } from './phantom.ts'

/** Phantoms of a physics department, made by formulas: nobody was ever scanned. */

const KEY = Buffer.from('the demonstration laboratory of Touchstone')

/** The same UID for the same name in every demonstration. */
export function demoUid(name: string): string {
  return replacementUid(name, KEY)
}

type Attributes = Readonly<Record<string, ElementValue | readonly ElementValue[]>>

function elementsOf(attributes: Attributes): DicomElement[] {
  return Object.entries(attributes).map(([keyword, value]) =>
    makeNamed(
      keyword,
      ...(Array.isArray(value) ? (value as readonly ElementValue[]) : [value as ElementValue]),
    ),
  )
}

type Series = {
  readonly study: string
  readonly series: string
  readonly sopClass: string
  readonly modality: string
  readonly day: string
  readonly more: Attributes
}

function common({ study, series, sopClass, modality, day, more }: Series, instance: number): Attributes {
  const uid = `${study} ${series}`
  return {
    SOPClassUID: sopClass,
    SOPInstanceUID: demoUid(`${uid} ${instance}`),
    StudyInstanceUID: demoUid(study),
    SeriesInstanceUID: demoUid(uid),
    StudyDate: day,
    StudyTime: '083000',
    SeriesDate: day,
    ContentDate: day,
    ContentTime: '083500',
    Modality: modality,
    Manufacturer: 'Example Works',
    InstitutionName: 'Demonstration laboratory',
    ReferringPhysicianName: 'Isley^Phil',
    PatientBirthDate: '',
    PatientSex: 'O',
    StudyID: study.slice(0, 16),
    SeriesNumber: '1',
    InstanceNumber: String(instance),
    ...more,
  }
}

type Grid = { readonly rows: number; readonly columns: number; readonly spacingMm: number }

function greyImage(
  grid: Grid,
  bits: { stored: number; signed: boolean },
  samples: Uint8Array,
): DicomElement[] {
  const { rows, columns } = grid
  return [
    ...elementsOf({
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: rows,
      Columns: columns,
      BitsAllocated: 16,
      BitsStored: bits.stored,
      HighBit: bits.stored - 1,
      PixelRepresentation: bits.signed ? 1 : 0,
    }),
    makeBytesElement(TAGS.pixelData, 'OW', samples),
  ]
}

/** Samples of a plane through shapes, with noise that is the same every time. */
function plane({ rows, columns, spacingMm }: Grid, shapes: readonly Shape[], zMm: number): Buffer {
  const bytes = Buffer.alloc(rows * columns * 2)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const place = {
        xMm: (column - (columns - 1) / 2) * spacingMm,
        yMm: (row - (rows - 1) / 2) * spacingMm,
        zMm,
      }
      const noise = ((row * 7919 + column * 104_729 + zMm * 31) % 17) - 8
      bytes.writeInt16LE(Math.round(valueAt(shapes, place) + noise), (row * columns + column) * 2)
    }
  }
  return bytes
}

const CT_GRID: Grid = { rows: 128, columns: 128, spacingMm: 1.8 }

/** A water phantom with inserts of known density, in Hounsfield units shifted by 1024. */
export function ctStudy(day: string): readonly DataSet[] {
  const series: Series = {
    study: 'CT constancy',
    series: 'axial',
    sopClass: '1.2.840.10008.5.1.4.1.1.2',
    modality: 'CT',
    day,
    more: {
      PatientName: 'Phantom^Water',
      PatientID: 'QA-CT-1',
      AccessionNumber: 'QA2026CT1',
      StudyDescription: 'CT constancy, monthly',
      SeriesDescription: 'Axial 5 mm',
      StationName: 'CT1',
      BodyPartExamined: 'PHANTOM',
      KVP: '120',
      SliceThickness: '5',
    },
  }
  const inserts = circlesAt(60, [-1000, -100, 120, 340, 990], 12)
  const shapes: readonly Shape[] = [{ xMm: 0, yMm: 0, radiusMm: 100, value: 0 }, ...inserts]
  return Array.from({ length: 12 }, (_, index) => {
    const zMm = (index - 5.5) * 5
    return makeDataSet([
      ...elementsOf({
        ...common(series, index + 1),
        ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
        AcquisitionNumber: '1',
        PatientPosition: 'HFS',
        FrameOfReferenceUID: demoUid('CT constancy frame'),
        PositionReferenceIndicator: '',
        ImagePositionPatient: ['-114.3', '-114.3', String(zMm)],
        ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
        PixelSpacing: ['1.8', '1.8'],
        RescaleIntercept: '-1024',
        RescaleSlope: '1',
        RescaleType: 'HU',
        WindowCenter: ['40', '300'],
        WindowWidth: ['400', '2000'],
        WindowCenterWidthExplanation: ['WATER', 'INSERTS'],
      }),
      ...greyImage(CT_GRID, { stored: 12, signed: false }, shifted(plane(CT_GRID, shapes, zMm))),
    ])
  })
}

/** Outside of the phantom is air; stored values begin with 0. */
function shifted(samples: Buffer): Buffer {
  for (let at = 0; at < samples.length; at += 2) {
    samples.writeInt16LE(Math.max(0, Math.min(4095, samples.readInt16LE(at) + 1024)), at)
  }
  return samples
}

const MR_GRID: Grid = { rows: 96, columns: 96, spacingMm: 2 }

/** Tubes whose signal decays over three echoes. */
export function mrStudy(day: string): readonly DataSet[] {
  const relaxations = [40, 80, 120, 200]
  return [15, 45, 90].flatMap((echoMs, echo) => {
    const series: Series = {
      study: 'MR relaxometry',
      series: 'multi echo',
      sopClass: '1.2.840.10008.5.1.4.1.1.4',
      modality: 'MR',
      day,
      more: {
        PatientName: 'Phantom^Tubes',
        PatientID: 'QA-MR-1',
        AccessionNumber: 'QA2026MR1',
        StudyDescription: 'MR relaxometry, quarterly',
        SeriesDescription: 'Spin echo, three echoes',
        BodyPartExamined: 'PHANTOM',
        MagneticFieldStrength: '1.5',
      },
    }
    const signal = (relaxationMs: number) => 3000 * Math.exp(-echoMs / relaxationMs)
    const shapes: readonly Shape[] = [
      { xMm: 0, yMm: 0, radiusMm: 85, value: 250 },
      ...circlesAt(45, relaxations.map(signal), 15),
    ]
    return [0, 1].map((slice) =>
      makeDataSet([
        ...elementsOf({
          ...common(series, echo * 2 + slice + 1),
          ImageType: ['ORIGINAL', 'PRIMARY', 'M'],
          ScanningSequence: 'SE',
          SequenceVariant: 'NONE',
          ScanOptions: '',
          MRAcquisitionType: '2D',
          RepetitionTime: '2000',
          EchoTime: String(echoMs),
          EchoTrainLength: '1',
          SliceThickness: '5',
          FrameOfReferenceUID: demoUid('MR relaxometry frame'),
          PositionReferenceIndicator: '',
          ImagePositionPatient: ['-95', '-95', String(slice * 10)],
          ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
          PixelSpacing: ['2', '2'],
          WindowCenter: '1000',
          WindowWidth: '2200',
        }),
        ...greyImage(MR_GRID, { stored: 12, signed: false }, atLeastZero(plane(MR_GRID, shapes, slice * 10))),
      ]),
    )
  })
}

function atLeastZero(samples: Buffer): Buffer {
  for (let at = 0; at < samples.length; at += 2) {
    samples.writeInt16LE(Math.max(0, Math.min(4095, samples.readInt16LE(at))), at)
  }
  return samples
}

const CR_GRID: Grid = { rows: 256, columns: 320, spacingMm: 0.8 }

/** A step wedge, as a detector sees it. */
export function crStudy(day: string): readonly DataSet[] {
  const series: Series = {
    study: 'CR step wedge',
    series: 'wedge',
    sopClass: '1.2.840.10008.5.1.4.1.1.1',
    modality: 'CR',
    day,
    more: {
      PatientName: 'Phantom^Wedge',
      PatientID: 'QA-CR-1',
      AccessionNumber: 'QA2026CR1',
      StudyDescription: 'Detector constancy',
      SeriesDescription: 'Step wedge 70 kV',
      BodyPartExamined: 'PHANTOM',
      ViewPosition: 'AP',
    },
  }
  const { rows, columns } = CR_GRID
  const samples = Buffer.alloc(rows * columns * 2)
  for (let index = 0; index < rows * columns; index += 1) {
    const row = Math.floor(index / columns)
    const column = index % columns
    const isWedge = row > rows * 0.25 && row < rows * 0.75
    const step = isWedge ? Math.floor((column / columns) * 10) : 10
    samples.writeUInt16LE(200 + step * 340 + ((index * 7919) % 13), index * 2)
  }
  return [
    makeDataSet([
      ...elementsOf({
        ...common(series, 1),
        ImageType: ['ORIGINAL', 'PRIMARY'],
        ImagerPixelSpacing: ['0.8', '0.8'],
        WindowCenter: '1900',
        WindowWidth: '3800',
      }),
      ...greyImage(CR_GRID, { stored: 12, signed: false }, samples),
    ]),
  ]
}

const DOSE = { rows: 32, columns: 32, frames: 8, spacingMm: 5 } as const

/** A plan with one open field, and its dose. */
export function rtStudy(day: string): readonly DataSet[] {
  const patient = {
    PatientName: 'Phantom^Slab',
    PatientID: 'QA-RT-1',
    AccessionNumber: 'QA2026RT1',
    StudyDescription: 'Open field 10 x 10 cm',
  }
  const study = { study: 'RT open field', day }
  const plan: Series = {
    ...study,
    series: 'plan',
    sopClass: '1.2.840.10008.5.1.4.1.1.481.5',
    modality: 'RTPLAN',
    more: { ...patient, SeriesDescription: 'Plan' },
  }
  const dose: Series = {
    ...study,
    series: 'dose',
    sopClass: '1.2.840.10008.5.1.4.1.1.481.2',
    modality: 'RTDOSE',
    more: { ...patient, SeriesDescription: 'Dose', SeriesNumber: '2' },
  }
  return [planOf(plan), doseOf(dose, demoUid('RT open field plan 1'))]
}

function planOf(series: Series): DataSet {
  const beam = makeDataSet(
    elementsOf({ BeamNumber: '1', BeamName: 'Open', BeamType: 'STATIC', RadiationType: 'PHOTON' }),
  )
  return makeDataSet([
    ...elementsOf({
      ...common(series, 1),
      RTPlanLabel: 'OPEN10X10',
      RTPlanDate: series.day,
      RTPlanTime: '080000',
      RTPlanGeometry: 'TREATMENT_DEVICE',
    }),
    makeSequence(tagOf('BeamSequence'), [beam]),
  ])
}

function doseOf(series: Series, planUid: string): DataSet {
  const { rows, columns, frames, spacingMm } = DOSE
  const samples = Buffer.alloc(rows * columns * frames * 4)
  for (let index = 0; index < rows * columns * frames; index += 1) {
    const depthMm = Math.floor(index / columns) % rows
    const xMm = ((index % columns) - (columns - 1) / 2) * spacingMm
    const zMm = (Math.floor(index / (rows * columns)) - (frames - 1) / 2) * spacingMm * 2
    const profile = edge(50 - Math.abs(xMm)) * edge(50 - Math.abs(zMm))
    const depthDose = Math.exp(-depthMm / 25) * (1 - Math.exp(-(depthMm + 1) / 2))
    samples.writeUInt32LE(Math.round(200_000 * profile * depthDose), index * 4)
  }
  const reference = makeDataSet(
    elementsOf({ ReferencedSOPClassUID: '1.2.840.10008.5.1.4.1.1.481.5', ReferencedSOPInstanceUID: planUid }),
  )
  return makeDataSet([
    ...elementsOf({
      ...common(series, 1),
      FrameOfReferenceUID: demoUid('RT open field frame'),
      PositionReferenceIndicator: '',
      ImagePositionPatient: ['-77.5', '0', '-35'],
      ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
      PixelSpacing: ['5', '5'],
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      NumberOfFrames: String(frames),
      FrameIncrementPointer: tagOf('GridFrameOffsetVector'),
      Rows: rows,
      Columns: columns,
      BitsAllocated: 32,
      BitsStored: 32,
      HighBit: 31,
      PixelRepresentation: 0,
      DoseUnits: 'GY',
      DoseType: 'PHYSICAL',
      DoseSummationType: 'PLAN',
      GridFrameOffsetVector: Array.from({ length: frames }, (_, index) => String(index * 10)),
      DoseGridScaling: '0.00001',
    }),
    makeSequence(tagOf('ReferencedRTPlanSequence'), [reference]),
    makeBytesElement(TAGS.pixelData, 'OW', samples),
  ])
}

/** The penumbra at the edge of a field, 0 outside to 1 inside. */
function edge(insideMm: number): number {
  return 1 / (1 + Math.exp(-insideMm / 3))
}
