import { boolean, choice, defineRecord, number, text } from '../../../core/record.ts'

const bound = (label: string, help: string) => number({ label, help })

/** How far a result may be from its reference before somebody must look, or act. */
export const tolerance = defineRecord({
  name: 'machine-qa.tolerance',
  table: 'qa_tolerance',
  path: 'tolerances',
  label: { one: 'Tolerance', many: 'Tolerances' },
  titleField: 'name',
  order: ['type', 'actLow', 'tolLow', 'tolHigh', 'actHigh'],
  listFields: ['name', 'type', 'actLow', 'tolLow', 'tolHigh', 'actHigh'],
  fields: {
    name: text({ unique: true, readOnly: true, search: true, help: 'Follows from the limits.' }),
    type: choice(
      { absolute: 'Absolute', percent: 'Percentage', multchoice: 'Multiple choice', boolean: 'Yes / No' },
      { required: true },
    ),
    actLow: bound('Action low', 'Below this is action level.'),
    tolLow: bound('Tolerance low', 'Below this is tolerance level.'),
    tolHigh: bound('Tolerance high', 'Above this is tolerance level.'),
    actHigh: bound('Action high', 'Above this is action level.'),
    mcPassChoices: text({
      default: '',
      maxLength: 2048,
      label: 'Choices that pass',
      help: 'Separated by commas.',
    }),
    mcTolChoices: text({
      default: '',
      maxLength: 2048,
      label: 'Choices at tolerance level',
      help: 'Separated by commas.',
    }),
    boolWarningOnly: boolean({ default: false, label: 'Failure is tolerance level only' }),
  },
})
