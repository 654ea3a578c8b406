import { defineRecord, instant, reference } from '../../../core/record.ts'

/** That somebody has looked at a fault, on behalf of a review group where there are any. */
export const faultReview = defineRecord({
  name: 'machine-qa.fault-review',
  table: 'qa_fault_review',
  path: 'fault-reviews',
  label: { one: 'Fault review', many: 'Fault reviews' },
  titleField: 'reviewed',
  order: ['id'],
  writer: 'verbs',
  fields: {
    fault: reference('machine-qa.fault', { required: true }),
    group: reference('machine-qa.fault-review-group', { column: 'review_group_id' }),
    reviewed: instant({ required: true }),
    reviewedBy: reference('access.user', {}),
  },
  permissions: { view: 'machine-qa.fault.view' },
  stamped: false,
  retirable: false,
})
