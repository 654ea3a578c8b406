import { choice, defineRecord, inverse, longText, reference, text } from '../../../core/record.ts'
import { WORKSHEET_STATES } from '../domain/workflow/states.ts'
import { OBJECT_FIELDS, SEES_ALL_CLIENTS } from './object-fields.ts'

/** Analyses of many samples that are measured together, with blanks, controls and duplicates. */
export const worksheet = defineRecord({
  name: 'lims.worksheet',
  table: 'lims_worksheet',
  path: 'worksheet-records',
  label: { one: 'Worksheet', many: 'Worksheets' },
  titleField: 'objectId',
  order: ['-createdAt'],
  listFields: ['objectId', 'analyst', 'template', 'instrument', 'state'],
  writer: 'verbs',
  fields: {
    ...OBJECT_FIELDS,
    analyst: text({ search: true }),
    template: reference('lims.worksheet-template', {}),
    instrument: reference('lims.instrument', {}),
    method: reference('lims.method', {}),
    remarks: longText({}),
    resultsLayout: choice({ '1': 'Classic', '2': 'Transposed' }, { default: '1', label: 'Layout' }),
    replaces: reference('lims.worksheet', { label: 'Replaces the rejected worksheet' }),
    state: choice(WORKSHEET_STATES, { default: 'open' }),
    analyses: inverse('lims.analysis', 'worksheet', 'Analyses'),
  },
  retirable: false,
  permissions: { view: SEES_ALL_CLIENTS },
})
