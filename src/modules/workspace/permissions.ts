import { definePermissions } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'
import { SHARE_VIEWS } from './domain/workspace-permissions.ts'

/** The permissions of this module. */
export const WORKSPACE_PERMISSIONS = definePermissions('workspace', {
  'saved-view.share': 'Share saved views of lists with everybody',
  'saved-view.manage': 'Change and remove shared views of others',
})

/** What this module gives to ready-made groups. */
export const WORKSPACE_ROLE_GRANTS: RoleGrants = {
  'machine-qa.physicist': [SHARE_VIEWS],
  'lims.manager': [SHARE_VIEWS],
  'research.curator': [SHARE_VIEWS],
  'quality.report-editor': [SHARE_VIEWS],
}
