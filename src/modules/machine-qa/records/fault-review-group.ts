import { boolean, defineRecord, reference } from '../../../core/record.ts'

/** A group whose members review faults. */
export const faultReviewGroup = defineRecord({
  name: 'machine-qa.fault-review-group',
  table: 'qa_fault_review_group',
  path: 'fault-review-groups',
  label: { one: 'Fault review group', many: 'Fault review groups' },
  titleField: 'group',
  order: ['id'],
  fields: {
    group: reference('access.group', { required: true, unique: true }),
    required: boolean({
      default: true,
      help: 'A fault counts as reviewed only with a review of this group.',
    }),
  },
})
