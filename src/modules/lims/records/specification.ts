import { defineRecord, json, longText, reference, text } from '../../../core/record.ts'
import type { ResultRange } from '../domain/result-range.ts'
import { OBJECT_FIELDS, ofLaboratoryOrOwnClient } from './object-fields.ts'

/** Ranges for results of one sample type, of the laboratory or of one client. */
export const specification = defineRecord({
  name: 'lims.specification',
  table: 'lims_specification',
  path: 'specifications',
  label: { one: 'Specification', many: 'Specifications' },
  titleField: 'title',
  listFields: ['title', 'sampleType', 'client'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    client: reference('lims.client', {}),
    sampleType: reference('lims.sample-type', { required: true, label: 'Sample type' }),
    resultsRange: json<readonly ResultRange[]>({ default: [], label: 'Ranges' }),
  },
  scope: ofLaboratoryOrOwnClient,
})
