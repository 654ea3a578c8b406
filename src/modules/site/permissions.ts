import { definePermissions, definePermissionsOfRecord } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'
import { holidayRecord } from './records/holiday.ts'
import { workdayRecord } from './records/workday.ts'

/** The permissions of this module. */
export const SITE_PERMISSIONS = [
  ...definePermissions('site', { 'calendar.view': 'See workdays and holidays' }),
  ...definePermissionsOfRecord('site', 'holiday', holidayRecord.label),
  ...definePermissionsOfRecord('site', 'workday', workdayRecord.label),
]

const READING = ['site.calendar.view']
const MANAGING = SITE_PERMISSIONS.map(({ code }) => code)

/** What this module gives to ready-made groups: whoever plans the work of a part keeps the calendar. */
export const SITE_ROLE_GRANTS: RoleGrants = {
  'machine-qa.physicist': MANAGING,
  'machine-qa.therapist': READING,
  'machine-qa.reviewer': READING,
  'machine-qa.viewer': READING,
  'lims.manager': MANAGING,
  'lims.clerk': READING,
  'lims.analyst': READING,
}
