import { definePermissions } from './permission.ts'

/** The permissions of this module. Handing out is limited besides: see `escalation.ts`. */
export const ACCESS_PERMISSIONS = definePermissions('access', {
  'user.view': 'See all user accounts',
  'user.add': 'Add and invite users',
  'user.change': 'Change users, reset their passwords, end their sessions',
  'user.retire': 'Delete user accounts that were never used',
  'group.view': 'See all groups and what they permit',
  'group.add': 'Add groups',
  'group.change': 'Change groups and what they permit',
  'group.retire': 'Delete groups',
  'token.manage': 'Create and revoke tokens and API keys of other users',
})
