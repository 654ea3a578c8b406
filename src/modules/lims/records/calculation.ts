import { code, defineRecord, json, longText, references, text } from '../../../core/record.ts'
import type { Interim } from '../domain/service-snapshot.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

/** A formula over results and interim values (specification 3.9.1). */
export const calculation = defineRecord({
  name: 'lims.calculation',
  table: 'lims_calculation',
  path: 'calculations',
  label: { one: 'Calculation', many: 'Calculations' },
  titleField: 'title',
  listFields: ['title', 'formula', 'description'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    interimFields: json<readonly Interim[]>({ default: [], label: 'Interim fields' }),
    formula: code({
      required: true,
      maxLength: 10_000,
      help: '[Ca] is the result of the service Ca or an interim value.',
    }),
    dependentServices: references(
      'lims.service',
      { table: 'lims_calculation_service', from: 'calculation_id', to: 'service_id' },
      { readOnly: true, label: 'Needs' },
    ),
    testParameters: json<readonly { readonly keyword: string; readonly value: unknown }[]>({
      default: [],
      label: 'Test values',
    }),
    testResult: text({ readOnly: true, label: 'Test result', maxLength: 2000 }),
  },
  permissions: SETUP_PERMISSIONS,
})
