import { boolean, defineRecord, references, text } from '../../../core/record.ts'

export const autoReviewRuleSet = defineRecord({
  name: 'machine-qa.auto-review-rule-set',
  table: 'qa_auto_review_rule_set',
  path: 'auto-review-rule-sets',
  label: { one: 'Auto-review rule set', many: 'Auto-review rule sets' },
  titleField: 'name',
  fields: {
    name: text({ required: true, unique: true, search: true }),
    isDefault: boolean({ default: false, label: 'Default' }),
    rules: references(
      'machine-qa.auto-review-rule',
      { table: 'qa_auto_review_rule_set_rule', from: 'rule_set_id', to: 'rule_id' },
      {},
    ),
  },
})
