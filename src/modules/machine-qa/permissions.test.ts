import { expect, it } from 'vitest'
import { permissionsOfRoles } from '../access/domain/role-group.ts'
import { ROLE_GROUPS } from '../access/domain/role-groups.ts'
import { MACHINE_QA_PERMISSIONS, MACHINE_QA_ROLE_GRANTS } from './permissions.ts'
import { machineQaRecords } from './records/all.ts'

const CODES = MACHINE_QA_PERMISSIONS.map(({ code }) => code)

it('declares each permission once', () => {
  expect(new Set(CODES).size).toBe(CODES.length)
})

it('declares whatever the generic verbs of its records ask for', () => {
  const asked = machineQaRecords
    .filter(({ writer }) => writer === 'generic')
    .flatMap(({ permissions }) => Object.values(permissions))
  expect(asked.filter((code) => !CODES.includes(code))).toEqual([])
})

it('gives ready-made groups what is declared', () => {
  const machineQaGroups = ROLE_GROUPS.filter(({ key }) => key.startsWith('machine-qa.'))
  const roles = permissionsOfRoles(machineQaGroups, [MACHINE_QA_ROLE_GRANTS], new Set(CODES))
  expect([...(roles.get('machine-qa.viewer') ?? [])].sort()).toEqual([
    'machine-qa.access',
    'machine-qa.fault.view',
    'machine-qa.part.view',
    'machine-qa.return-to-service.view',
    'machine-qa.service-event.view',
    'machine-qa.session.view-charts',
    'machine-qa.session.view-completed',
    'machine-qa.session.view-history',
    'machine-qa.session.view-overview',
    'machine-qa.session.view-references',
  ])
  expect(roles.get('machine-qa.therapist')?.has('machine-qa.session.review')).toBe(false)
  expect(roles.get('machine-qa.physicist')).toEqual(new Set(CODES))
})
