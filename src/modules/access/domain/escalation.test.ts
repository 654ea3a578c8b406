import { describe, expect, it } from 'vitest'
import { type Actor, ANONYMOUS } from '../../../core/actor.ts'
import {
  BEING_ADMINISTRATOR,
  BEING_MEMBER,
  lacksForGroupChange,
  lacksForUserChange,
  lacksToActOn,
  type Subject,
  touchedBy,
} from './escalation.ts'

function user(id: number, permissions: readonly string[], groupIds: readonly number[] = []): Actor & Subject {
  return {
    kind: 'user',
    id,
    username: `u${id}`,
    isAdministrator: false,
    permissions: new Set(permissions),
    groupIds,
  }
}

const administrator = { ...user(1, []), isAdministrator: true }
const system: Actor = { kind: 'system', name: 'test' }
const clerk = user(2, ['access.user.change', 'lims.sample.add'], [10])
const analyst = user(3, ['lims.sample.add'])
const verifier = user(4, ['lims.sample.add', 'lims.result.verify'])

describe('acting on a user', () => {
  it.each<[string, Actor, Subject, string | undefined]>([
    ['the system on an administrator', system, administrator, undefined],
    ['an administrator on another one', administrator, { ...administrator, id: 9 }, undefined],
    ['someone on oneself', clerk, clerk, undefined],
    ['someone on a user who may do less', clerk, analyst, undefined],
    ['someone on a user who may do more', clerk, verifier, 'lims.result.verify'],
    ['someone on an administrator', clerk, administrator, BEING_ADMINISTRATOR],
    ['nobody on anybody', ANONYMOUS, analyst, 'lims.sample.add'],
  ])('%s', (_, actor, subject, lacking) => {
    expect(lacksToActOn(actor, subject)).toBe(lacking)
  })
})

describe('changing a user', () => {
  const nothing = {
    subject: analyst,
    isAdministrator: 'unchanged',
    isStaff: 'unchanged',
    touchedGroups: new Set<number>(),
  } as const
  it.each<[string, Actor, Parameters<typeof lacksForUserChange>[1], string | undefined]>([
    ['a name', clerk, nothing, undefined],
    ['making an administrator', clerk, { ...nothing, isAdministrator: 'changed' }, BEING_ADMINISTRATOR],
    [
      'making oneself administrator',
      clerk,
      { ...nothing, subject: clerk, isAdministrator: 'changed' },
      BEING_ADMINISTRATOR,
    ],
    [
      'making a new administrator',
      clerk,
      { ...nothing, subject: undefined, isAdministrator: 'changed' },
      BEING_ADMINISTRATOR,
    ],
    ['marking staff', clerk, { ...nothing, isStaff: 'changed' }, BEING_ADMINISTRATOR],
    ['giving a group of one’s own', clerk, { ...nothing, touchedGroups: new Set([10]) }, undefined],
    ['giving a group of others', clerk, { ...nothing, touchedGroups: new Set([10, 11]) }, BEING_MEMBER],
    [
      'giving oneself a group of others',
      clerk,
      { ...nothing, subject: clerk, touchedGroups: new Set([11]) },
      BEING_MEMBER,
    ],
    ['a name of someone who may do more', clerk, { ...nothing, subject: verifier }, 'lims.result.verify'],
    [
      'anything, as administrator',
      administrator,
      { ...nothing, isAdministrator: 'changed', touchedGroups: new Set([11]) },
      undefined,
    ],
  ])('%s', (_, actor, change, lacking) => {
    expect(lacksForUserChange(actor, change)).toBe(lacking)
  })
})

describe('changing a group', () => {
  const nothing = {
    groupId: 10,
    touchedPermissions: new Set<string>(),
    touchedUsers: new Set<number>(),
    permissions: new Set<string>(),
  }
  it.each<[string, Actor, Parameters<typeof lacksForGroupChange>[1], string | undefined]>([
    ['a name', clerk, nothing, undefined],
    [
      'a permission that one holds',
      clerk,
      { ...nothing, touchedPermissions: new Set(['lims.sample.add']) },
      undefined,
    ],
    [
      'a permission that one does not hold',
      clerk,
      { ...nothing, touchedPermissions: new Set(['x.y']) },
      'x.y',
    ],
    [
      'a group that permits more',
      clerk,
      { ...nothing, permissions: new Set(['lims.result.verify']) },
      'lims.result.verify',
    ],
    ['members of one’s own group', clerk, { ...nothing, touchedUsers: new Set([3]) }, undefined],
    [
      'members of another group',
      clerk,
      { ...nothing, groupId: 11, touchedUsers: new Set([2]) },
      BEING_MEMBER,
    ],
    [
      'members of a new group',
      clerk,
      { ...nothing, groupId: undefined, touchedUsers: new Set([2]) },
      undefined,
    ],
    [
      'anything, as the system',
      system,
      { ...nothing, groupId: 11, permissions: new Set(['x.y']), touchedUsers: new Set([2]) },
      undefined,
    ],
  ])('%s', (_, actor, change, lacking) => {
    expect(lacksForGroupChange(actor, change)).toBe(lacking)
  })
})

it('finds what was added and what was taken away', () => {
  expect(touchedBy([1, 2, 3], [3, 4])).toEqual(new Set([1, 2, 4]))
})
