import { boolean, defineRecord, type Row, reference, text } from '../../../core/record.ts'

/** Somebody who does experiments; not everyone signs in. */
export const staffRecord = defineRecord({
  name: 'research.staff',
  table: 'research_staff',
  path: 'staff',
  label: { one: 'Staff member', many: 'Staff' },
  titleField: 'name',
  listFields: ['name', 'institute', 'email', 'active', 'user'],
  permissions: { view: 'research.staff.view' },
  fields: {
    name: text({ label: 'Name', required: true, search: true }),
    email: text({
      label: 'E-mail',
      required: true,
      unique: true,
      maxLength: 254,
      pattern: /^[^\s@]+@[^\s@]+$/,
    }),
    institute: reference('research.institute', { label: 'Institute', required: true }),
    active: boolean({ label: 'Active', default: false }),
    orcid: text({
      label: 'ORCID',
      maxLength: 19,
      unique: true,
      pattern: /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/,
      help: 'Such as 0000-0002-1825-0097; named in exports.',
    }),
    user: reference('access.user', { label: 'Account', unique: true }),
  },
})

export type Staff = Row<typeof staffRecord>
