/** A kind of object as the documented API names it, with its place and the form of its identifiers. */
export type ObjectType = {
  /** `portal_type` on the wire */
  readonly type: string
  /** name of the declared record whose rows it is */
  readonly record: string
  /** folder for rows without an owner; `/` parts without the site */
  readonly folder: string
  /** reference fields of the record that may name the owner, the first that is set wins */
  readonly owners: readonly string[]
  /** see `formatIdentifier` */
  readonly idFormat: string
  /** types whose objects may be made inside one of this type */
  readonly holds: readonly string[]
}

function setup(type: string, record: string, folder: string): ObjectType {
  return {
    type,
    record: `lims.${record}`,
    folder: `/bika_setup/${folder}`,
    owners: [],
    idFormat: `${type.toLowerCase()}-{seq}`,
    holds: [],
  }
}

function owned(base: ObjectType, ...owners: readonly string[]): ObjectType {
  return { ...base, owners }
}

function at(
  type: string,
  record: string,
  folder: string,
  idFormat: string,
  parts: Partial<ObjectType> = {},
): ObjectType {
  return { type, record: `lims.${record}`, folder, owners: [], idFormat, holds: [], ...parts }
}

/** Every kind of object (specification 2.1, 2.4 and 2.6). */
export const OBJECT_TYPES: readonly ObjectType[] = [
  at('Client', 'client', '/clients', 'client-{seq}', {
    holds: [
      'Contact',
      'AnalysisRequest',
      'Sample',
      'SamplePoint',
      'AnalysisSpec',
      'AnalysisProfile',
      'ARTemplate',
      'Batch',
      'Attachment',
    ],
  }),
  at('Contact', 'contact', '/clients', 'contact-{seq}', { owners: ['client'] }),
  at('Sample', 'sample', '/clients', '{sampleType}-{seq:04d}', {
    owners: ['client'],
    holds: ['SamplePartition'],
  }),
  at('SamplePartition', 'partition', '/clients', '{sampleId}-P{seq:d}', { owners: ['sample'] }),
  at('AnalysisRequest', 'request', '/clients', '{sampleId}-R{seq:02d}', {
    owners: ['client'],
    holds: ['Analysis', 'Attachment'],
  }),
  at('Analysis', 'analysis', '/worksheets', '{id}', { owners: ['request'] }),
  at('DuplicateAnalysis', 'analysis', '/worksheets', 'D-{seq:03d}', { owners: ['worksheet'] }),
  at('ReferenceAnalysis', 'analysis', '/worksheets', 'SA-{seq:03d}', { owners: ['referenceSample'] }),
  at('RejectAnalysis', 'analysis', '/worksheets', 'rejectanalysis-{seq}', { owners: ['worksheet'] }),
  at('Worksheet', 'worksheet', '/worksheets', 'WS-{seq:03d}', {
    holds: ['DuplicateAnalysis', 'RejectAnalysis'],
  }),
  at('Batch', 'batch', '/batches', 'B-{seq:03d}'),
  at('Attachment', 'attachment', '/clients', 'attachment-{seq}', { owners: ['request'] }),
  at('Method', 'method', '/methods', 'method-{seq}'),
  at('ReferenceSample', 'reference-sample', '/referencesamples', 'QC-{seq:03d}', {
    owners: ['supplier'],
    holds: ['ReferenceAnalysis'],
  }),
  { ...setup('Supplier', 'supplier', 'bika_suppliers'), holds: ['ReferenceSample', 'SupplierContact'] },
  owned(setup('SupplierContact', 'supplier-contact', 'bika_suppliers'), 'supplier'),
  setup('AnalysisCategory', 'category', 'bika_analysiscategories'),
  setup('AnalysisService', 'service', 'bika_analysisservices'),
  owned(setup('AnalysisSpec', 'specification', 'bika_analysisspecs'), 'client'),
  owned(setup('AnalysisProfile', 'profile', 'bika_analysisprofiles'), 'client'),
  owned(setup('ARTemplate', 'template', 'bika_artemplates'), 'client'),
  setup('ARPriority', 'priority', 'bika_arpriorities'),
  setup('AttachmentType', 'attachment-type', 'bika_attachmenttypes'),
  setup('BatchLabel', 'batch-label', 'bika_batchlabels'),
  setup('Calculation', 'calculation', 'bika_calculations'),
  setup('Container', 'container', 'bika_containers'),
  setup('ContainerType', 'container-type', 'bika_containertypes'),
  setup('Department', 'department', 'bika_departments'),
  {
    ...setup('Instrument', 'instrument', 'bika_instruments'),
    holds: [
      'InstrumentCalibration',
      'InstrumentCertification',
      'InstrumentValidation',
      'InstrumentMaintenanceTask',
    ],
  },
  owned(setup('InstrumentCalibration', 'calibration', 'bika_instruments'), 'instrument'),
  owned(setup('InstrumentCertification', 'certification', 'bika_instruments'), 'instrument'),
  owned(setup('InstrumentValidation', 'validation', 'bika_instruments'), 'instrument'),
  owned(setup('InstrumentMaintenanceTask', 'maintenance-task', 'bika_instruments'), 'instrument'),
  setup('InstrumentLocation', 'instrument-location', 'bika_instrumentlocations'),
  setup('InstrumentType', 'instrument-type', 'bika_instrumenttypes'),
  setup('LabContact', 'lab-contact', 'bika_labcontacts'),
  setup('Manufacturer', 'manufacturer', 'bika_manufacturers'),
  setup('Preservation', 'preservation', 'bika_preservations'),
  setup('ReferenceDefinition', 'reference-definition', 'bika_referencedefinitions'),
  setup('SampleCondition', 'sample-condition', 'bika_sampleconditions'),
  setup('SampleMatrix', 'sample-matrix', 'bika_samplematrices'),
  owned(setup('SamplePoint', 'sample-point', 'bika_samplepoints'), 'client'),
  setup('SampleType', 'sample-type', 'bika_sampletypes'),
  setup('SamplingDeviation', 'sampling-deviation', 'bika_samplingdeviations'),
  setup('StorageLocation', 'storage-location', 'bika_storagelocations'),
  setup('SubGroup', 'sub-group', 'bika_subgroups'),
  setup('WorksheetTemplate', 'worksheet-template', 'bika_worksheettemplates'),
  at('Laboratory', 'laboratory', '/bika_setup', 'laboratory'),
  at('BikaSetup', 'settings', '', 'bika_setup'),
]

const BY_TYPE = new Map(OBJECT_TYPES.map((each) => [each.type, each]))

export function findObjectType(type: string): ObjectType | undefined {
  return BY_TYPE.get(type)
}

const ANALYSIS_TYPES: Readonly<Record<string, string>> = {
  routine: 'Analysis',
  duplicate: 'DuplicateAnalysis',
  reference: 'ReferenceAnalysis',
  reject: 'RejectAnalysis',
}

/** The type of a row. @throws Error for a record that is no object of the laboratory: a defect */
export function objectTypeOf(record: string, row: Readonly<Record<string, unknown>>): ObjectType {
  const type = record === 'lims.analysis' ? ANALYSIS_TYPES[String(row.kind)] : undefined
  const found = OBJECT_TYPES.find((each) =>
    type === undefined ? each.record === record : each.type === type,
  )
  if (!found) throw new Error(`${record} is no object of the laboratory`)
  return found
}
