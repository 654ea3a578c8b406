import {
  choice,
  defineRecord,
  instant,
  integer,
  json,
  longText,
  type Row,
  reference,
  text,
} from '../../../core/record.ts'

/** One version of the schema of a sample type; a published one never changes. */
export const sampleTypeVersionRecord = defineRecord({
  name: 'research.sample-type-version',
  table: 'research_sample_type_version',
  path: 'sample-type-versions',
  label: { one: 'Version of a sample type', many: 'Versions of sample types' },
  titleField: 'label',
  order: ['-id'],
  writer: 'verbs',
  retirable: false,
  unique: [['sampleType', 'major', 'minor']],
  listFields: ['label', 'sampleType', 'status', 'publishedAt', 'publishedBy', 'changelog'],
  fields: {
    label: text({ label: 'Version', required: true, maxLength: 120 }),
    sampleType: reference('research.sample-type', { label: 'Sample type', required: true }),
    major: integer({ label: 'Major', required: true, min: 0 }),
    minor: integer({ label: 'Minor', required: true, min: 0 }),
    status: choice(
      { draft: 'Draft', published: 'Published', retired: 'Retired' },
      { label: 'Status', default: 'draft' },
    ),
    schema: json<Readonly<Record<string, unknown>>, { label: string; required: true }>({
      label: 'Schema',
      required: true,
    }),
    layout: json<Readonly<Record<string, unknown>>>({ label: 'Layout' }),
    changelog: longText({ label: 'What changed', maxLength: 10_000 }),
    sha256: text({
      label: 'SHA-256',
      maxLength: 64,
      help: 'Of the schema in its canonical form (RFC 8785).',
    }),
    publishedAt: instant({ label: 'Published' }),
    publishedBy: reference('access.user', { label: 'Published by' }),
  },
})

export type SampleTypeVersion = Row<typeof sampleTypeVersionRecord>
