import { choice, defineRecord, reference } from '../../../core/record.ts'
import { PASS_FAIL_LABELS } from '../domain/pass-fail.ts'

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
