import {
  boolean,
  choice,
  decimal,
  defineRecord,
  instant,
  integer,
  longText,
  reference,
  text,
} from '../../../core/record.ts'
import { OBJECT_FIELDS, SEES_ALL_CLIENTS } from './object-fields.ts'

const PERMISSIONS = {
  view: SEES_ALL_CLIENTS,
  add: 'lims.instrument.maintain',
  change: 'lims.instrument.maintain',
  retire: 'lims.instrument.maintain',
}

const WORK_FIELDS = {
  ...OBJECT_FIELDS,
  title: text({ required: true, search: true }),
  description: longText({}),
  instrument: reference('lims.instrument', { required: true }),
  dateIssued: instant({ label: 'Issued' }),
  downFrom: instant({ label: 'Out of use from' }),
  downTo: instant({ label: 'Out of use until' }),
  considerations: longText({}),
  workPerformed: longText({ label: 'Work performed' }),
  worker: reference('lims.lab-contact', { label: 'Performed by' }),
  reportId: text({ label: 'Report', column: 'report_number' }),
  remarks: longText({}),
}

export const calibration = defineRecord({
  name: 'lims.calibration',
  table: 'lims_calibration',
  path: 'calibrations',
  label: { one: 'Calibration', many: 'Calibrations' },
  titleField: 'title',
  order: ['-downFrom'],
  listFields: ['title', 'instrument', 'downFrom', 'downTo', 'calibrator'],
  fields: { ...WORK_FIELDS, calibrator: text({}) },
  permissions: PERMISSIONS,
})

export const validation = defineRecord({
  name: 'lims.validation',
  table: 'lims_validation',
  path: 'validations',
  label: { one: 'Validation', many: 'Validations' },
  titleField: 'title',
  order: ['-downFrom'],
  listFields: ['title', 'instrument', 'downFrom', 'downTo', 'validator'],
  fields: { ...WORK_FIELDS, validator: text({}) },
  permissions: PERMISSIONS,
})

/** A certificate that an instrument needs to be used; the latest one counts. */
export const certification = defineRecord({
  name: 'lims.certification',
  table: 'lims_certification',
  path: 'certifications',
  label: { one: 'Certification', many: 'Certifications' },
  titleField: 'title',
  order: ['-validTo'],
  listFields: ['title', 'instrument', 'validFrom', 'validTo', 'agency'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    instrument: reference('lims.instrument', { required: true }),
    taskId: text({ label: 'Task', column: 'task_number' }),
    internal: boolean({ default: false }),
    agency: text({}),
    date: instant({}),
    expirationInterval: integer({ min: 0, max: 36_500, unit: 'days', label: 'Valid for' }),
    validFrom: instant({ required: true, label: 'Valid from' }),
    validTo: instant({ required: true, label: 'Valid until' }),
    preparator: reference('lims.lab-contact', { label: 'Prepared by' }),
    validator: reference('lims.lab-contact', { label: 'Approved by' }),
    remarks: longText({}),
  },
  permissions: PERMISSIONS,
})

export const maintenanceTask = defineRecord({
  name: 'lims.maintenance-task',
  table: 'lims_maintenance_task',
  path: 'maintenance-tasks',
  label: { one: 'Maintenance task', many: 'Maintenance tasks' },
  titleField: 'title',
  order: ['-downFrom'],
  listFields: ['title', 'instrument', 'type', 'downFrom', 'downTo', 'closed'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    instrument: reference('lims.instrument', { required: true }),
    type: choice(
      { Preventive: 'Preventive', Repair: 'Repair', Enhancement: 'Enhancement', Calibration: 'Calibration' },
      { default: 'Preventive' },
    ),
    downFrom: instant({ required: true, label: 'Out of use from' }),
    downTo: instant({ label: 'Out of use until' }),
    maintainer: text({}),
    considerations: longText({}),
    workPerformed: longText({ label: 'Work performed' }),
    remarks: longText({}),
    cost: decimal({ min: 0 }),
    closed: boolean({ default: false }),
  },
  permissions: PERMISSIONS,
})
