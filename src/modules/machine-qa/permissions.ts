import { definePermissions, definePermissionsOfRecord, type Permission } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'
import { machineQaRecords } from './records/all.ts'

const MODULE = 'machine-qa'

/** What performing and reviewing ask for (specification 3.10). */
const SESSION_PERMISSIONS = definePermissions(MODULE, {
  access: 'Use machine QA',
  'session.perform': 'Perform test lists',
  'session.change': 'Change completed sessions',
  'session.void': 'Void sessions',
  'session.choose-frequency': 'Choose lists by frequency before performing',
  'session.view-references': 'See references and tolerances while performing',
  'session.view-history': 'See earlier results while performing',
  'session.skip-without-comment': 'Skip tests without a comment',
  'session.override-date': 'Set when work was completed',
  'session.perform-subset': 'Perform only some categories of a list',
  'session.save-in-progress': 'Save sessions in progress',
  'session.view-completed': 'See completed sessions',
  'session.view-overview': 'See the programme overview and what is due',
  'session.review': 'Review sessions',
  'session.review-own': 'Review own sessions',
  'session.review-not-visible': 'Review sessions of assignments that own groups do not see',
  'session.view-charts': 'See charts and export their values',
})

/** Configuration that is made by the generic verbs, less what asks for a permission of another record. */
const RECORD_PERMISSIONS = machineQaRecords
  .filter(({ writer }) => writer === 'generic')
  .flatMap(({ name, label, permissions }) =>
    definePermissionsOfRecord(MODULE, name.slice(MODULE.length + 1), label).filter(({ code }) =>
      Object.values(permissions).includes(code),
    ),
  )

/** What service log, parts and faults ask for besides (specification 3.10 to 3.12). */
const SERVICE_PERMISSIONS = definePermissions(MODULE, {
  'service-event.view': 'See service events',
  'service-event.review': 'Review service events',
  'service-event.have-hours': 'Be named with hours in service events',
  'return-to-service.view': 'See return-to-service QA',
  'return-to-service.perform': 'Perform return-to-service QA',
  'part.view': 'See parts and their stock',
  'fault.view': 'See faults',
  'fault.review': 'Review faults',
})

const OTHER_PERMISSIONS = definePermissions(MODULE, {
  'unit-test-info.change': 'Set references and tolerances of tests on units',
})

/** The permissions of this module. */
export const MACHINE_QA_PERMISSIONS: readonly Permission[] = [
  ...SESSION_PERMISSIONS,
  ...RECORD_PERMISSIONS,
  ...SERVICE_PERMISSIONS,
  ...OTHER_PERMISSIONS,
]

const READING = [
  'machine-qa.session.view-completed',
  'machine-qa.session.view-overview',
  'machine-qa.session.view-charts',
  'machine-qa.session.view-references',
  'machine-qa.session.view-history',
  'machine-qa.service-event.view',
  'machine-qa.return-to-service.view',
  'machine-qa.part.view',
  'machine-qa.fault.view',
]

const PERFORMING = [
  'machine-qa.session.perform',
  'machine-qa.session.choose-frequency',
  'machine-qa.session.save-in-progress',
  'machine-qa.session.view-references',
  'machine-qa.session.view-history',
  'machine-qa.session.view-completed',
  'machine-qa.session.view-overview',
  'machine-qa.service-event.view',
  'machine-qa.return-to-service.view',
  'machine-qa.return-to-service.perform',
  'machine-qa.part.view',
  'machine-qa.fault.view',
  'machine-qa.fault.add',
]

const REVIEWING = [
  ...READING,
  'machine-qa.session.review',
  'machine-qa.session.review-not-visible',
  'machine-qa.service-event.review',
  'machine-qa.fault.review',
]

/** What this module gives to ready-made groups. */
export const MACHINE_QA_ROLE_GRANTS: RoleGrants = {
  'machine-qa.physicist': MACHINE_QA_PERMISSIONS.map(({ code }) => code),
  'machine-qa.therapist': PERFORMING,
  'machine-qa.reviewer': REVIEWING,
  'machine-qa.viewer': READING,
}
