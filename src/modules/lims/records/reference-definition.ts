import { boolean, defineRecord, json, longText, text } from '../../../core/record.ts'
import type { ReferenceResult } from '../domain/reference-result.ts'
import { INTERNAL_SETUP_PERMISSIONS, OBJECT_FIELDS } from './object-fields.ts'

/** What a blank or a control is expected to give. */
export const referenceDefinition = defineRecord({
  name: 'lims.reference-definition',
  table: 'lims_reference_definition',
  path: 'reference-definitions',
  label: { one: 'Reference definition', many: 'Reference definitions' },
  titleField: 'title',
  listFields: ['title', 'blank', 'hazardous'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    referenceResults: json<readonly ReferenceResult[]>({ default: [], label: 'Expected results' }),
    blank: boolean({ default: false }),
    hazardous: boolean({ default: false }),
  },
  permissions: INTERNAL_SETUP_PERMISSIONS,
})
