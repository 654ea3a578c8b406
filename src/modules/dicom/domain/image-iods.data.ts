/** An image object beside Secondary Capture that a picture can become when its attributes are given. */
export type ImageIod = {
  /** as clients name it */
  readonly name: string
  readonly sopClassUid: string
  readonly modality: string
  /** type 1: the client must give them */
  readonly required: readonly string[]
  /** values that Image Type must have at least; 0 where it may stay away */
  readonly imageTypes: number
  /** type 2: present, empty unless given */
  readonly present: readonly string[]
  readonly grey: 'only' | 'or-color'
  /** of a sample; any where absent */
  readonly bitsAllocated?: 8 | 16
  /** attributes that usually follow from the picture and are the client's here */
  readonly ofTheClient: readonly string[]
}

const ROOT = '1.2.840.10008.5.1.4.1.1'
const PLANE = ['FrameOfReferenceUID', 'PixelSpacing', 'ImageOrientationPatient', 'ImagePositionPatient']
const OF_EVERY_PLANE = ['PositionReferenceIndicator', 'SliceThickness', 'Manufacturer']

/** PS3.3 A.3, A.4, A.2, A.6 and A.32.4: what their modules ask for beyond those of every image. */
export const IMAGE_IODS: readonly ImageIod[] = [
  {
    name: 'CT',
    sopClassUid: `${ROOT}.2`,
    modality: 'CT',
    required: ['ImageType', ...PLANE, 'RescaleIntercept', 'RescaleSlope'],
    imageTypes: 3,
    present: [...OF_EVERY_PLANE, 'KVP', 'AcquisitionNumber', 'PatientPosition'],
    grey: 'only',
    bitsAllocated: 16,
    ofTheClient: ['RescaleIntercept', 'RescaleSlope'],
  },
  {
    name: 'MR',
    sopClassUid: `${ROOT}.4`,
    modality: 'MR',
    required: ['ImageType', 'ScanningSequence', 'SequenceVariant', ...PLANE],
    imageTypes: 3,
    present: [
      ...OF_EVERY_PLANE,
      'ScanOptions',
      'MRAcquisitionType',
      'RepetitionTime',
      'EchoTime',
      'EchoTrainLength',
      'InversionTime',
      'PatientPosition',
    ],
    grey: 'only',
    bitsAllocated: 16,
    ofTheClient: [],
  },
  {
    name: 'CR',
    sopClassUid: `${ROOT}.1`,
    modality: 'CR',
    required: [],
    imageTypes: 0,
    present: ['BodyPartExamined', 'ViewPosition', 'Manufacturer'],
    grey: 'only',
    ofTheClient: [],
  },
  {
    name: 'US',
    sopClassUid: `${ROOT}.6.1`,
    modality: 'US',
    required: ['ImageType'],
    imageTypes: 2,
    present: ['Manufacturer'],
    grey: 'or-color',
    bitsAllocated: 8,
    ofTheClient: [],
  },
  {
    name: 'VL',
    sopClassUid: `${ROOT}.77.1.4`,
    modality: 'XC',
    required: ['ImageType'],
    imageTypes: 2,
    present: ['Manufacturer', 'AcquisitionContextSequence'],
    grey: 'or-color',
    bitsAllocated: 8,
    ofTheClient: ['LossyImageCompression'],
  },
]
