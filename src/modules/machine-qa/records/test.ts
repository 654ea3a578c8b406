import { boolean, choice, code, defineRecord, html, number, reference, text } from '../../../core/record.ts'
import { TEST_TYPES } from '../domain/test-type.ts'

const TEST_TYPE_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TEST_TYPES).map(([type, { label }]) => [type, label]),
)

/** One thing that is measured, answered or calculated. */
export const test = defineRecord({
  name: 'machine-qa.test',
  table: 'qa_test',
  path: 'tests',
  label: { one: 'Test', many: 'Tests' },
  titleField: 'name',
  listFields: ['name', 'slug', 'type', 'category', 'formatting'],
  fields: {
    name: text({ required: true, unique: true, search: true, group: 'Identification' }),
    displayName: text({
      default: '',
      label: 'Display name',
      help: 'Shown while performing; the name when empty.',
    }),
    slug: text({
      required: true,
      maxLength: 128,
      search: true,
      label: 'Macro name',
      help: 'The variable of this test in calculations.',
      pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
    }),
    description: html({ group: 'Instructions' }),
    procedure: text({ maxLength: 512, help: 'Address of the procedure.' }),
    category: reference('machine-qa.category', { required: true }),
    type: choice(TEST_TYPE_LABELS, { required: true, group: 'Value' }),
    choices: text({ maxLength: 2048, help: 'Of a multiple-choice test, separated by commas.' }),
    constantValue: number({ label: 'Constant' }),
    wrapLow: number({ label: 'Wraparound from' }),
    wrapHigh: number({ label: 'Wraparound to' }),
    calculationProcedure: code({ label: 'Calculation', help: 'Python; sets the macro name or result.' }),
    formatting: text({ default: '', maxLength: 10, help: 'Such as %.2f or {:.2f}.' }),
    flagWhen: boolean({ label: 'Flag a session when the answer is' }),
    hidden: boolean({ default: false, group: 'Performing' }),
    skipWithoutComment: boolean({ default: false }),
    requireComment: boolean({ default: false }),
    displayImage: boolean({ default: false, label: 'Show uploaded images' }),
    chartVisibility: boolean({ default: true, label: 'Offered in charts' }),
    autoreviewruleset: reference('machine-qa.auto-review-rule-set', { label: 'Auto-review rules' }),
  },
})
