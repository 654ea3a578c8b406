import { boolean, choice, defineRecord, longText, type Row, reference, text } from '../../../core/record.ts'

/** A kind of sample; its versions say which fields describe one. */
export const sampleTypeRecord = defineRecord({
  name: 'research.sample-type',
  table: 'research_sample_type',
  path: 'sample-types',
  label: { one: 'Sample type', many: 'Sample types' },
  titleField: 'name',
  order: ['id'],
  listFields: ['name', 'key', 'currentVersion', 'infoPolicy', 'listed', 'controlled'],
  fields: {
    name: text({ label: 'Name', required: true, unique: true, search: true }),
    key: text({
      label: 'Key',
      required: true,
      unique: true,
      maxLength: 63,
      pattern: /^[a-z][a-z0-9-]*$/,
      help: 'Part of the address of its schemas; it cannot be changed once a version is published.',
    }),
    description: longText({ label: 'Description', search: true }),
    listed: boolean({
      label: 'Offered',
      default: true,
      help: 'Offered for new samples, also by the DMLF API.',
    }),
    controlled: boolean({
      label: 'Controlled',
      default: false,
      help: 'Its versions are published, and samples moved to them, by another person than their author.',
    }),
    infoPolicy: choice(
      {
        warn: 'Store and warn',
        reject: 'Refuse',
        off: 'Do not check',
      },
      {
        label: 'Files that do not fit',
        default: 'warn',
        help: 'What becomes of sample info that the DMLF API sends and that violates the schema.',
      },
    ),
    currentVersion: reference('research.sample-type-version', { label: 'Current version', readOnly: true }),
  },
})

export type SampleType = Row<typeof sampleTypeRecord>
