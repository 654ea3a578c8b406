import { choice, defineRecord, reference } from '../../../core/record.ts'

export const PASS_FAIL_LABELS = {
  not_done: 'Not Done',
  ok: 'OK',
  tolerance: 'Tolerance',
  action: 'Action',
  no_tol: 'No Tol Set',
}

export const autoReviewRule = defineRecord({
  name: 'machine-qa.auto-review-rule',
  table: 'qa_auto_review_rule',
  path: 'auto-review-rules',
  label: { one: 'Auto-review rule', many: 'Auto-review rules' },
  titleField: 'passFail',
  order: ['id'],
  fields: {
    passFail: choice(PASS_FAIL_LABELS, { required: true, label: 'When a result is' }),
    status: reference('machine-qa.status', { required: true, label: 'it becomes' }),
  },
  unique: [['passFail', 'status']],
})
