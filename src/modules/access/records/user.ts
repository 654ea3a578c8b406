import { boolean, defineRecord, instant, type Row, references, text } from '../../../core/record.ts'

/** Whoever may log in, and the only actor in the audit trail besides the system itself. */
export const userRecord = defineRecord({
  name: 'access.user',
  table: 'access_user',
  path: 'users',
  label: { one: 'User', many: 'Users' },
  description: 'People and programs that sign in. What they may do follows from their groups.',
  titleField: 'username',
  listFields: ['username', 'firstName', 'lastName', 'email', 'isActive', 'lastLoginAt'],
  retirable: false,
  permissions: {
    view: 'access.user.view',
    add: 'access.user.add',
    change: 'access.user.change',
    retire: 'access.user.retire',
  },
  fields: {
    username: text({
      label: 'User name',
      help: 'Upper and lower case count.',
      required: true,
      unique: true,
      maxLength: 150,
      // a colon would end the name in HTTP Basic
      pattern: /^[^\s:\p{Cc}](?:[^:\p{Cc}]*[^\s:\p{Cc}])?$/u,
      search: true,
    }),
    firstName: text({ label: 'First name', default: '', maxLength: 150, search: true }),
    lastName: text({ label: 'Last name', default: '', maxLength: 150, search: true }),
    email: text({
      label: 'E-mail',
      help: 'Nobody else may have it, in upper or lower case.',
      unique: true,
      maxLength: 254,
      pattern: /^[^\s@,;<>()[\]\\"]+@[^\s@,;<>()[\]\\"]+$/u,
      search: true,
    }),
    isActive: boolean({
      label: 'Active',
      help: 'Whoever is not active cannot sign in; sessions end and tokens stop at once.',
      default: true,
    }),
    isStaff: boolean({
      label: 'Staff',
      help: 'Shown to QATrack+ clients; permits nothing by itself.',
      default: false,
    }),
    isAdministrator: boolean({ label: 'Administrator', help: 'May do everything.', default: false }),
    groups: references(
      'access.group',
      { table: 'access_user_group', from: 'user_id', to: 'group_id' },
      { label: 'Groups' },
    ),
    dateJoined: instant({ label: 'Joined', required: true, readOnly: true }),
    lastLoginAt: instant({ label: 'Last sign-in', readOnly: true }),
  },
})

export type UserRow = Row<typeof userRecord>
