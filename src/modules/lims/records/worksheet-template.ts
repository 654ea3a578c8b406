import { defineRecord, json, longText, reference, references, text } from '../../../core/record.ts'
import { INTERNAL_SETUP_PERMISSIONS, OBJECT_FIELDS } from './object-fields.ts'

/** One position: `a` a sample, `b` a blank, `c` a control, `d` a duplicate of position `dup`. */
export type TemplateSlot = {
  readonly pos: number
  readonly type: 'a' | 'b' | 'c' | 'd'
  /** UID of a reference definition */
  readonly blank_ref?: string
  readonly control_ref?: string
  readonly dup?: number
}

export const worksheetTemplate = defineRecord({
  name: 'lims.worksheet-template',
  table: 'lims_worksheet_template',
  path: 'worksheet-templates',
  label: { one: 'Worksheet template', many: 'Worksheet templates' },
  titleField: 'title',
  listFields: ['title', 'instrument', 'description'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    layout: json<readonly TemplateSlot[]>({ default: [] }),
    service: references(
      'lims.service',
      { table: 'lims_worksheet_template_service', from: 'template_id', to: 'service_id' },
      { label: 'Services' },
    ),
    instrument: reference('lims.instrument', {}),
  },
  permissions: INTERNAL_SETUP_PERMISSIONS,
})
