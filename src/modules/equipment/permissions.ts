import { definePermissions, definePermissionsOfRecord } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'
import { equipment } from './records/equipment.ts'
import { site } from './records/site.ts'

/** The permissions of this module. */
export const EQUIPMENT_PERMISSIONS = [
  ...definePermissions('equipment', { access: 'See equipment, sites and whether equipment is fit for use' }),
  ...definePermissionsOfRecord('equipment', 'site', site.label),
  ...definePermissionsOfRecord('equipment', 'equipment', equipment.label),
]

const READING = ['equipment.access']
const MANAGING = EQUIPMENT_PERMISSIONS.map(({ code }) => code)

/** What this module gives to ready-made groups: whoever works with machines or instruments sees them. */
export const EQUIPMENT_ROLE_GRANTS: RoleGrants = {
  'machine-qa.physicist': MANAGING,
  'machine-qa.therapist': READING,
  'machine-qa.reviewer': READING,
  'machine-qa.viewer': READING,
  'lims.manager': MANAGING,
  'lims.analyst': READING,
  'lims.verifier': READING,
  'research.creator': READING,
  'research.curator': MANAGING,
}
