import {
  boolean,
  day,
  defineRecord,
  inverse,
  json,
  longText,
  reference,
  references,
  text,
} from '../../../core/record.ts'
import { INTERNAL_SETUP_PERMISSIONS, OBJECT_FIELDS } from './object-fields.ts'

export const instrument = defineRecord({
  name: 'lims.instrument',
  table: 'lims_instrument',
  path: 'instruments',
  label: { one: 'Instrument', many: 'Instruments' },
  titleField: 'title',
  listFields: ['title', 'instrumentType', 'manufacturer', 'model', 'serialNo', 'instrumentLocation'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    instrumentType: reference('lims.instrument-type', { required: true, label: 'Type' }),
    manufacturer: reference('lims.manufacturer', { required: true }),
    supplier: reference('lims.supplier', { required: true }),
    model: text({ search: true }),
    serialNo: text({ search: true, label: 'Serial number' }),
    assetNumber: text({ search: true, label: 'Asset number' }),
    method: reference('lims.method', { label: 'Default method' }),
    methods: references(
      'lims.method',
      { table: 'lims_instrument_method', from: 'instrument_id', to: 'method_id' },
      {},
    ),
    instrumentLocation: reference('lims.instrument-location', { label: 'Location' }),
    disposeUntilNextCalibrationTest: boolean({
      default: false,
      label: 'Out of use until the next calibration test',
    }),
    inlabCalibrationProcedure: longText({ label: 'In-laboratory calibration procedure' }),
    preventiveMaintenanceProcedure: longText({ label: 'Preventive maintenance procedure' }),
    dataInterface: text({ label: 'Data interface' }),
    dataInterfaceOptions: json<readonly { readonly Key: string; readonly Value: string }[]>({
      default: [],
      label: 'Interface options',
    }),
    installationDate: day({ label: 'Installed on' }),
    equipment: reference('equipment.equipment', {
      help: 'The machine as other parts of the laboratory know it.',
    }),
    certifications: inverse('lims.certification', 'instrument', 'Certifications'),
    calibrations: inverse('lims.calibration', 'instrument', 'Calibrations'),
    validations: inverse('lims.validation', 'instrument', 'Validations'),
    maintenanceTasks: inverse('lims.maintenance-task', 'instrument', 'Maintenance'),
  },
  permissions: INTERNAL_SETUP_PERMISSIONS,
})
