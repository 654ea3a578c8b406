import { definePermissionsOfRecord } from '../../access/domain/permission.ts'
import type { RoleGrants } from '../../access/domain/role-group.ts'
import { recipients } from '../records/recipients.ts'
import { subscription } from '../records/subscription.ts'

/** Who may decide who is told of what. */
export const NOTICE_PERMISSIONS = [
  ...definePermissionsOfRecord('machine-qa', 'recipients', recipients.label),
  ...definePermissionsOfRecord('machine-qa', 'subscription', subscription.label),
]

export const NOTICE_ROLE_GRANTS: RoleGrants = {
  'machine-qa.physicist': NOTICE_PERMISSIONS.map(({ code }) => code),
}
