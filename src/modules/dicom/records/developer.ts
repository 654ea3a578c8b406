import { choice, defineRecord, integer, type Row, reference, text } from '../../../core/record.ts'

/** Somebody who registered for the DICOM API; an administrator may give other quotas. */
export const developerRecord = defineRecord({
  name: 'dicom.developer',
  table: 'dicom_developer',
  path: 'developers',
  label: { one: 'Developer', many: 'Developers' },
  description: 'People with a developer profile for the DICOM API, and how much of it they may use.',
  titleField: 'organization',
  retirable: false,
  listFields: ['user', 'organization', 'purpose', 'readQuota', 'generateQuota'],
  permissions: { view: 'dicom.developer.view' },
  fields: {
    user: reference('access.user', { label: 'User', required: true, unique: true }),
    purpose: choice(
      {
        testing: 'Testing',
        research: 'Research',
        education: 'Education',
        commercial: 'Commercial',
        other: 'Other',
      },
      { label: 'Purpose' },
    ),
    organization: text({ label: 'Organization', search: true }),
    readQuota: integer({
      label: 'Files read a month',
      help: 'As for everybody when empty.',
      min: 0,
      max: 1_000_000_000,
    }),
    generateQuota: integer({
      label: 'Files generated a month',
      help: 'As for everybody when empty.',
      min: 0,
      max: 1_000_000_000,
    }),
  },
})

export type Developer = Row<typeof developerRecord>
