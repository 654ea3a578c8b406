import { definePermissions, definePermissionsOfRecord, type Permission } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'
import { researchRecords } from './records/all.ts'
import { SEE_CONFIDENTIAL } from './records/scope.ts'

const MODULE = 'research'

export const RESEARCH_ACCESS = 'research.access'
/** Writing samples and experiments of every institute, not only of one's own. */
export const ANY_INSTITUTE = 'research.any-institute.write'

const OWN_PERMISSIONS = definePermissions(MODULE, {
  access: 'Read research data and download its files',
  'sample.add': 'Register samples',
  'sample.change': 'Change, split, pool and derive samples',
  'sample.remove': 'Put samples into the bin and take them out',
  'experiment.add': 'Record experiments',
  'experiment.change': 'Change experiments',
  'experiment.remove': 'Put experiments into the bin and take them out',
  'bin.purge': 'Delete what is in the bin for good',
  'any-institute.write': 'Write samples and experiments of every institute',
  [SEE_CONFIDENTIAL.slice(MODULE.length + 1)]: 'See confidential projects',
  'staff.view': 'See staff with their addresses',
  'sample-type.publish': 'Publish versions of sample types',
  'sample-type.migrate': 'Move samples to another version of their type',
  'data.import': 'Import samples and experiments',
})

/** Configuration that is made by the generic verbs. */
const RECORD_PERMISSIONS = researchRecords
  .filter(({ writer }) => writer === 'generic')
  .flatMap(({ name, label }) => definePermissionsOfRecord(MODULE, name.slice(MODULE.length + 1), label))

/** The permissions of this module. */
export const RESEARCH_PERMISSIONS: readonly Permission[] = [...OWN_PERMISSIONS, ...RECORD_PERMISSIONS]

const WRITING = [
  'research.sample.add',
  'research.sample.change',
  'research.sample.remove',
  'research.experiment.add',
  'research.experiment.change',
  'research.experiment.remove',
  'research.data.import',
]

/** What only administrators do unless they hand it out. */
const RESERVED = new Set([SEE_CONFIDENTIAL, 'research.bin.purge', ANY_INSTITUTE])

/** What this module gives to ready-made groups. */
export const RESEARCH_ROLE_GRANTS: RoleGrants = {
  'research.viewer': [RESEARCH_ACCESS],
  'research.creator': [RESEARCH_ACCESS, ...WRITING],
  'research.curator': RESEARCH_PERMISSIONS.map(({ code }) => code).filter((code) => !RESERVED.has(code)),
}
