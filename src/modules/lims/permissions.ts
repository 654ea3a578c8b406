import { definePermissions, definePermissionsOfRecord, type Permission } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'
import { batch } from './records/batch.ts'
import { client } from './records/client.ts'
import { contact } from './records/contact.ts'
import { profile } from './records/profile.ts'
import { samplePoint } from './records/sample-point.ts'
import { specification } from './records/specification.ts'
import { template } from './records/template.ts'

const MODULE = 'lims'

const OWN_PERMISSIONS = definePermissions(MODULE, {
  access: 'Use the laboratory',
  'laboratory.view': 'See all clients, and what belongs to the laboratory',
  'api.use': 'Use the documented API for writing',
  'setup.change': 'Change the set-up of the laboratory',
  'sample.register': 'Register samples',
  'sample.change': 'Change facts of samples',
  'sample.schedule': 'Schedule sampling',
  'sample.take': 'Take samples',
  'sample.preserve': 'Preserve samples',
  'sample.receive': 'Receive samples',
  'sample.dispose': 'Expire and dispose of samples',
  'sample.cancel': 'Cancel and reinstate samples',
  'sample.cancel-due': 'Cancel and reinstate samples before reception',
  'sample.reject': 'Reject samples',
  'sample.publish': 'Publish results',
  'sample.invalidate': 'Invalidate samples',
  'sample.remove': 'Delete what was registered by mistake',
  'analysis.manage': 'Add and remove analyses of a sample',
  'analysis.verify': 'Verify results',
  'analysis.retract': 'Retract results',
  'analysis.reject': 'Reject analyses',
  'result.enter': 'Enter results',
  'result.enter-field': 'Enter results measured in the field',
  'worksheet.manage': 'Make, reassign and delete worksheets',
  'worksheet.change': 'Work with worksheets',
  'worksheet.reject': 'Reject worksheets',
  'batch.close': 'Close and reopen batches',
  'reference.manage': 'Keep suppliers and reference samples',
  'instrument.import': "Import instruments' results",
  'instrument.maintain': 'Record calibrations, certificates and maintenance',
  'counter.manage': 'Set the counters of identifiers',
})

const RECORD_PERMISSIONS = [client, contact, batch, profile, template, specification, samplePoint].flatMap(
  ({ name, label }) => definePermissionsOfRecord(MODULE, name.slice(MODULE.length + 1), label),
)

/** The permissions of this module. */
export const LIMS_PERMISSIONS: readonly Permission[] = [...OWN_PERMISSIONS, ...RECORD_PERMISSIONS]

const SEE = 'lims.laboratory.view'

function all(noun: string): readonly string[] {
  return [`lims.${noun}.add`, `lims.${noun}.change`, `lims.${noun}.retire`]
}

const CLIENT_SETUP = [...all('profile'), ...all('template'), ...all('specification'), ...all('sample-point')]

/** What this module gives to ready-made groups (specification 3.7). */
export const LIMS_ROLE_GRANTS: RoleGrants = {
  'lims.manager': LIMS_PERMISSIONS.map(({ code }) => code),
  'lims.clerk': [
    SEE,
    'lims.sample.register',
    'lims.sample.change',
    'lims.sample.receive',
    'lims.sample.dispose',
    'lims.sample.cancel-due',
    'lims.sample.reject',
    'lims.analysis.manage',
    'lims.reference.manage',
    'lims.batch.close',
    ...all('contact'),
    ...all('batch'),
    ...CLIENT_SETUP,
  ],
  'lims.analyst': [
    SEE,
    'lims.result.enter',
    'lims.worksheet.change',
    'lims.analysis.retract',
    'lims.instrument.import',
    'lims.instrument.maintain',
    'lims.reference.manage',
  ],
  'lims.sampler': [SEE, 'lims.sample.take', 'lims.sample.receive', 'lims.result.enter-field'],
  'lims.sampling-coordinator': [SEE, 'lims.sample.schedule', 'lims.sample.take', 'lims.sample.receive'],
  'lims.preserver': [SEE, 'lims.sample.preserve'],
  'lims.verifier': [
    SEE,
    'lims.analysis.verify',
    'lims.analysis.retract',
    'lims.analysis.reject',
    'lims.worksheet.reject',
    'lims.sample.invalidate',
  ],
  'lims.publisher': [SEE, 'lims.sample.publish'],
  'lims.inspector': [SEE],
  'lims.client': [
    'lims.sample.register',
    'lims.sample.cancel-due',
    'lims.batch.add',
    'lims.batch.change',
    'lims.profile.add',
    'lims.template.add',
    'lims.specification.add',
    'lims.sample-point.add',
  ],
}
