import {
  boolean,
  choice,
  decimal,
  defineRecord,
  html,
  integer,
  json,
  longText,
  reference,
  text,
} from '../../../core/record.ts'
import { SPECIFICATION_SOURCES } from './client.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

const NOTATIONS = {
  '1': 'aE+b',
  '2': 'ax10^b',
  '3': 'ax10 with superscript',
  '4': 'a·10^b',
  '5': 'a·10 with superscript',
}
const ATTACHMENT_OPTIONS = { r: 'Required', p: 'Permitted', n: 'Not permitted' }

/** What changes how the laboratory works (specification 2.2.4); there is one row. */
export const settings = defineRecord({
  name: 'lims.settings',
  table: 'lims_settings',
  path: 'settings',
  label: { one: 'Laboratory settings', many: 'Laboratory settings' },
  titleField: 'title',
  fields: {
    ...OBJECT_FIELDS,
    title: text({ default: 'Laboratory settings', readOnly: true }),
    restrictWorksheetUsersAccess: boolean({
      default: true,
      label: 'Analysts see own worksheets only',
      group: 'Access',
    }),
    restrictWorksheetManagement: boolean({
      default: true,
      label: 'Only managers make worksheets',
      group: 'Access',
    }),
    allowClerksToEditClients: boolean({ default: false, label: 'Clerks may edit clients', group: 'Access' }),
    apiForClerks: boolean({
      default: false,
      label: 'Clerks and contacts may use the documented API',
      group: 'Access',
    }),
    hideClientIdentity: boolean({
      default: false,
      label: 'Hide client identity from analysts',
      group: 'Access',
    }),
    showPrices: boolean({ default: true, label: 'Show prices', group: 'Prices' }),
    currency: text({ default: 'ZAR', maxLength: 3, group: 'Prices' }),
    defaultCountry: text({ label: 'Default country', group: 'Prices' }),
    memberDiscount: decimal({
      default: 33.33,
      min: 0,
      max: 100,
      unit: '%',
      label: 'Member discount',
      group: 'Prices',
    }),
    vat: decimal({ default: 14, min: 0, max: 100, unit: '%', label: 'VAT', group: 'Prices' }),
    decimalMark: choice(
      { '.': 'Point', ',': 'Comma' },
      { default: '.', label: 'Decimal mark in reports', group: 'Results' },
    ),
    resultsDecimalMark: choice(
      { '.': 'Point', ',': 'Comma' },
      { default: '.', label: 'Decimal mark in lists', group: 'Results' },
    ),
    scientificNotationReport: choice(NOTATIONS, {
      default: '1',
      label: 'Scientific notation in reports',
      group: 'Results',
    }),
    scientificNotationResults: choice(NOTATIONS, {
      default: '1',
      label: 'Scientific notation in lists',
      group: 'Results',
    }),
    minimumResults: integer({
      default: 5,
      min: 2,
      max: 1000,
      label: 'Results for statistics',
      group: 'Results',
    }),
    includePreviousFromBatch: boolean({
      default: false,
      label: 'Reports show earlier results of the batch',
      group: 'Reports',
    }),
    batchEmail: integer({ default: 5, min: 1, max: 100, label: 'Samples in one mail', group: 'Reports' }),
    resultFooter: html({ label: 'Footer of reports', group: 'Reports' }),
    categoriseAnalysisServices: boolean({ default: false, label: 'Lists by category', group: 'Results' }),
    enableArSpecs: boolean({ default: true, label: 'Specifications of each sample', group: 'Results' }),
    defaultArSpecs: choice(SPECIFICATION_SOURCES, {
      default: 'ar_specs',
      label: 'Specifications',
      group: 'Results',
    }),
    exponentialFormatThreshold: integer({
      default: 7,
      min: -20,
      max: 20,
      label: 'Scientific notation from',
      group: 'Results',
    }),
    enableAnalysisRemarks: boolean({ default: false, label: 'Remarks on analyses', group: 'Results' }),
    selfVerificationEnabled: boolean({
      default: false,
      label: 'Own results may be verified',
      group: 'Verification',
    }),
    numberOfRequiredVerifications: integer({
      default: 1,
      min: 1,
      max: 4,
      label: 'Verifications',
      group: 'Verification',
    }),
    typeOfmultiVerification: choice(
      {
        self_multi_enabled: 'The same person repeatedly',
        self_multi_not_cons: 'Not twice in a row',
        self_multi_disabled: 'Everybody once',
      },
      { default: 'self_multi_enabled', label: 'Who verifies several times', group: 'Verification' },
    ),
    reauthenticate: boolean({
      default: false,
      label: 'Ask for the password on verify and publish',
      group: 'Verification',
    }),
    retestKeepsResult: boolean({
      default: true,
      label: 'A retest starts with the earlier result',
      group: 'Verification',
    }),
    onlyAssignedSubmitted: boolean({
      default: false,
      label: 'Only who is assigned may submit',
      group: 'Verification',
    }),
    dryMatterService: reference('lims.service', { label: 'Dry matter service', group: 'Results' }),
    arAttachmentOption: choice(ATTACHMENT_OPTIONS, {
      default: 'p',
      label: 'Attachments of samples',
      group: 'Results',
    }),
    analysisAttachmentOption: choice(ATTACHMENT_OPTIONS, {
      default: 'p',
      label: 'Attachments of analyses',
      group: 'Results',
    }),
    samplingWorkflowEnabled: boolean({ default: false, label: 'Sampling workflow', group: 'Samples' }),
    scheduleSamplingEnabled: boolean({ default: false, label: 'Sampling is scheduled', group: 'Samples' }),
    showPartitions: boolean({ default: true, label: 'Show partitions', group: 'Samples' }),
    samplePreservationEnabled: boolean({ default: false, label: 'Sample preservation', group: 'Samples' }),
    autoReceiveSamples: boolean({
      default: false,
      label: 'Receive samples when they are registered',
      group: 'Samples',
    }),
    defaultSampleLifetimeDays: integer({
      default: 30,
      min: 0,
      max: 36_500,
      unit: 'days',
      label: 'Keep samples for',
      group: 'Samples',
    }),
    rejectionReasons: json<readonly string[]>({
      default: [],
      label: 'Rejection reasons',
      group: 'Samples',
      help: 'Samples can be rejected once there are some.',
    }),
    notifyOnRejection: boolean({ default: false, label: 'Tell the client of a rejection', group: 'Samples' }),
    notifyOnArRetract: boolean({
      default: true,
      label: 'Tell the client of an invalidation',
      group: 'Samples',
    }),
    workdaysOnly: boolean({ default: false, label: 'Turnaround counts working days', group: 'Samples' }),
    instrumentProblem: choice(
      { warn: 'Warn', block: 'Refuse the result' },
      { default: 'block', label: 'When an instrument is not fit', group: 'Results' },
    ),
    autoPrintStickers: choice(
      { none: 'Never', register: 'At registration', receive: 'At reception' },
      { default: 'none', label: 'Print labels', group: 'Labels' },
    ),
    autoStickerTemplate: text({ default: 'Code_128_1x48mm', label: 'Label', group: 'Labels' }),
    cocAttestationStatement: longText({ label: 'Chain of custody statement', group: 'Reports' }),
    idFormats: json<Readonly<Record<string, string>>>({
      default: {},
      label: 'Formats of identifiers',
      group: 'Identifiers',
      help: 'By type, such as Sample: {sampleType}-{seq:04d}.',
    }),
    httpErrors: boolean({
      default: false,
      label: 'The documented API answers errors by HTTP status',
      group: 'Documented API',
    }),
    referenceValues: choice(
      { uid: 'UID', title: 'Title' },
      { default: 'uid', label: 'References in the documented API', group: 'Documented API' },
    ),
  },
  permissions: SETUP_PERMISSIONS,
  retirable: false,
})
