import type { RoleGrants, RoleGroup } from './role-group.ts'

function role(key: string, name: string, foreignRoles: readonly string[], description: string): RoleGroup {
  return { key, name, foreignRoles, description }
}

/**
 * The roles of the systems that we replace. What they permit is declared by the module of each part. QATrack+'s
 * superuser and Bika's Manager are no groups: they are administrators.
 */
export const ROLE_GROUPS: readonly RoleGroup[] = [
  role(
    'access.user-administrator',
    'User administrators',
    [],
    'Add and change users and groups, within what they may do themselves.',
  ),
  role('audit.auditor', 'Auditors', [], 'Read the audit trail.'),

  role(
    'machine-qa.physicist',
    'Physicists',
    ['QATrack+: Physics'],
    'Configure, perform and review machine QA.',
  ),
  role(
    'machine-qa.therapist',
    'Therapists',
    ['QATrack+: Therapists'],
    'Perform machine QA and report service events.',
  ),
  role('machine-qa.reviewer', 'QA reviewers', [], 'Review QA sessions and service events.'),
  role('machine-qa.viewer', 'QA viewers', [], 'Read machine QA and change nothing.'),

  role(
    'lims.manager',
    'Laboratory managers',
    ['Bika: LabManager'],
    'Everything in the laboratory, set-up and publication included.',
  ),
  role('lims.clerk', 'Laboratory clerks', ['Bika: LabClerk'], 'Register and receive samples; no results.'),
  role(
    'lims.analyst',
    'Analysts',
    ['Bika: Analyst'],
    'Worksheets, results, reference samples, instrument import.',
  ),
  role('lims.sampler', 'Samplers', ['Bika: Sampler'], 'Take samples and enter field results.'),
  role(
    'lims.sampling-coordinator',
    'Sampling coordinators',
    ['Bika: SamplingCoordinator'],
    'Schedule sampling.',
  ),
  role('lims.preserver', 'Preservers', ['Bika: Preserver'], 'Preserve samples.'),
  role('lims.verifier', 'Verifiers', ['Bika: Verifier'], 'Verify and retract results.'),
  role('lims.publisher', 'Publishers', ['Bika: Publisher'], 'Publish verified results.'),
  role(
    'lims.inspector',
    'Regulatory inspectors',
    ['Bika: RegulatoryInspector'],
    'Read everything in the laboratory, with its history.',
  ),
  role(
    'lims.client',
    'Client contacts',
    ['Bika: Client', 'Bika: Owner'],
    'Register samples and see verified results of their own client.',
  ),

  role(
    'research.viewer',
    'Research viewers',
    ['DMLF: UseGroup'],
    'Read samples and experiments, download their files.',
  ),
  role(
    'research.creator',
    'Researchers',
    ['DMLF: CreateGroup'],
    'Write samples and experiments of their institutes.',
  ),
  role(
    'research.curator',
    'Research curators',
    ['DMLF: AdminGroup'],
    'Keep methods, projects, funding bodies and staff.',
  ),

  role('dicom.viewer', 'Imaging', [], 'Read, search and generate DICOM files.'),
  role('dicom.developer', 'Developers', ['DICOM API: Developer'], 'Hold API keys for the DICOM service.'),

  role('quality.viewer', 'Quality readers', [], 'Read quality reports.'),
  role(
    'quality.report-editor',
    'Quality report editors',
    ['Quality-time: edit_reports'],
    'Edit quality reports.',
  ),
  role(
    'quality.entity-editor',
    'Quality entity editors',
    ['Quality-time: edit_entities'],
    'Judge the entities of quality metrics.',
  ),
]

/** What this module gives to ready-made groups. */
export const ACCESS_ROLE_GRANTS: RoleGrants = {
  'access.user-administrator': [
    'access.user.view',
    'access.user.add',
    'access.user.change',
    'access.user.retire',
    'access.group.view',
    'access.group.add',
    'access.group.change',
    'access.group.retire',
    'access.token.manage',
  ],
}
