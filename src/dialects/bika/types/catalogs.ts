/** Types with a home of their own (specification 2.3). */
const BIKA = ['Batch', 'AnalysisRequest', 'Sample', 'SamplePartition', 'ReferenceSample', 'Worksheet']
const ANALYSES = ['Analysis', 'ReferenceAnalysis', 'DuplicateAnalysis']
const SETUP = [
  'Department',
  'Container',
  'ContainerType',
  'AnalysisCategory',
  'AnalysisService',
  'AnalysisSpec',
  'SampleCondition',
  'SampleMatrix',
  'SampleType',
  'SamplePoint',
  'StorageLocation',
  'SamplingDeviation',
  'Instrument',
  'InstrumentType',
  'InstrumentLocation',
  'Method',
  'AttachmentType',
  'Calculation',
  'AnalysisProfile',
  'ARTemplate',
  'LabContact',
  'Manufacturer',
  'Preservation',
  'ReferenceDefinition',
  'SubGroup',
  'Supplier',
  'WorksheetTemplate',
  'BatchLabel',
  'ARPriority',
]
/** What `portal_catalog` does not know of. */
const HOMELESS = new Set([
  ...ANALYSES,
  'Container',
  'ContainerType',
  'AnalysisCategory',
  'AnalysisSpec',
  'SampleCondition',
  'SampleMatrix',
  'SamplingDeviation',
  'AttachmentType',
  'Preservation',
  'SubGroup',
  'BatchLabel',
  'ARPriority',
  'RejectAnalysis',
  'BikaSetup',
])

/** Names of catalogs, and what the successor calls them. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  senaite_catalog: ['portal_catalog'],
  senaite_catalog_sample: ['bika_catalog'],
  senaite_catalog_worksheet: ['bika_catalog'],
  senaite_catalog_analysis: ['bika_analysis_catalog'],
  senaite_catalog_setup: ['bika_setup_catalog'],
  senaite_catalog_client: ['portal_catalog'],
  senaite_catalog_contact: ['portal_catalog'],
  senaite_catalog_report: ['bika_catalog'],
  senaite_catalog_label: ['bika_setup_catalog'],
}

export const CATALOGS = [
  'portal_catalog',
  'bika_catalog',
  'bika_setup_catalog',
  'bika_analysis_catalog',
  'uid_catalog',
  'reference_catalog',
] as const

/** The catalogs that hold objects of a type, the one that a reference asks first in front. */
export function catalogsOf(type: string): readonly string[] {
  const own = [
    ...(BIKA.includes(type) ? ['bika_catalog'] : []),
    ...(ANALYSES.includes(type) ? ['bika_analysis_catalog'] : []),
    ...(SETUP.includes(type) ? ['bika_setup_catalog'] : []),
  ]
  return [...own, ...(HOMELESS.has(type) ? [] : ['portal_catalog']), 'uid_catalog', 'reference_catalog']
}

/** The catalog that a name means; undefined for a name that nobody knows. */
export function catalogNamed(name: string): string | undefined {
  const alias = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined
  return alias?.[0] ?? CATALOGS.find((each) => each === name)
}

/** Whether an index of this catalog compares whole titles where others look for words. */
export function hasExactTitles(catalog: string): boolean {
  return catalog === 'bika_analysis_catalog'
}
