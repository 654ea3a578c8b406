import { choice, defineRecord, instant, integer, reference } from '../../../core/record.ts'

/** A change of how many of a part are in stock. */
export const stockMovement = defineRecord({
  name: 'machine-qa.stock-movement',
  table: 'qa_stock_movement',
  path: 'stock-movements',
  label: { one: 'Stock movement', many: 'Stock movements' },
  titleField: 'happened',
  order: ['-happened', '-id'],
  writer: 'verbs',
  fields: {
    part: reference('machine-qa.part', { required: true }),
    storage: reference('machine-qa.storage', { required: true }),
    change: integer({ required: true, label: 'Change' }),
    left: integer({ required: true, label: 'Left there', column: 'quantity_left' }),
    kind: choice({ counted: 'Counted', used: 'Used', returned: 'Returned' }, { required: true }),
    serviceEvent: reference('machine-qa.service-event', {}),
    happened: instant({ required: true }),
    user: reference('access.user', {}),
  },
  permissions: { view: 'machine-qa.part.view' },
  stamped: false,
  retirable: false,
})
