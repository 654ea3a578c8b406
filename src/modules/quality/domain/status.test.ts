import { describe, expect, it } from 'vitest'
import {
  countStatuses,
  type IssueState,
  isDebtExpired,
  type Status,
  statusOf,
  type Targets,
} from './status.ts'

const TODAY = '2026-11-22'
const BASE: Targets = {
  scale: 'count',
  direction: '<',
  target: '0',
  nearTarget: '10',
  debtTarget: null,
  evaluateTargets: true,
  acceptDebt: false,
  debtEndDate: null,
  issueIds: [],
}
const DEBT = { acceptDebt: true, debtTarget: '100' }
const done: IssueState = { issueId: 'A-1', category: 'done' }
const doing: IssueState = { issueId: 'A-2', category: 'doing' }

type Case = readonly [
  what: string,
  value: string | null,
  targets: Partial<Targets>,
  expected: Status | null,
  issues?: readonly IssueState[],
]

const CASES: readonly Case[] = [
  // the worked cases of the specification
  ['target met', '0', {}, 'target_met'],
  ['near target', '7', {}, 'near_target_met'],
  ['beyond both', '12', {}, 'target_not_met'],
  ['within accepted debt', '12', DEBT, 'debt_target_met'],
  ['debt that has ended', '12', { ...DEBT, debtEndDate: '2020-01-01' }, 'target_not_met'],
  ['other targets', '12', { target: '10', nearTarget: '15' }, 'near_target_met'],
  ['the other direction', '12', { direction: '>', target: '10' }, 'target_met'],
  ['nothing measured', null, {}, null],
  ['nothing measured, debt accepted', null, { acceptDebt: true }, 'debt_target_met'],
  ['informative', '12', { evaluateTargets: false, ...DEBT }, 'informative'],
  // edges
  ['on the near target', '10', {}, 'near_target_met'],
  ['on the debt target', '100', DEBT, 'debt_target_met'],
  ['beyond the debt target', '101', DEBT, 'target_not_met'],
  ['near target before debt', '7', DEBT, 'debt_target_met'],
  ['target before debt', '0', DEBT, 'target_met'],
  ['debt on its last day', '12', { ...DEBT, debtEndDate: TODAY }, 'debt_target_met'],
  [
    'debt on its last day, with a time',
    '12',
    { ...DEBT, debtEndDate: `${TODAY}T00:00:00` },
    'debt_target_met',
  ],
  ['debt the day after', '12', { ...DEBT, debtEndDate: '2026-11-21' }, 'target_not_met'],
  ['debt target without acceptance', '12', { debtTarget: '100' }, 'target_not_met'],
  ['nothing measured, debt ended', null, { acceptDebt: true, debtEndDate: '2026-11-21' }, null],
  ['nothing measured, all issues done', null, { ...DEBT, issueIds: ['A-1'] }, 'debt_target_met', [done]],
  ['all issues done', '12', { ...DEBT, issueIds: ['A-1'] }, 'target_not_met', [done]],
  ['one issue open', '12', { ...DEBT, issueIds: ['A-1', 'A-2'] }, 'debt_target_met', [done, doing]],
  ['one issue unknown', '12', { ...DEBT, issueIds: ['A-1', 'A-3'] }, 'debt_target_met', [done]],
  ['no debt target, lower is better', '12', { acceptDebt: true }, 'target_not_met'],
  [
    'no debt target, higher is better: always met',
    '12',
    { acceptDebt: true, direction: '>', target: '20', debtEndDate: '2020-01-01' },
    'debt_target_met',
  ],
  ['near target on the wrong side', '5', { target: '10', nearTarget: '7', direction: '>' }, 'target_not_met'],
  ['stricter near target', '12', { target: '10', nearTarget: '7' }, 'target_not_met'],
  [
    'near target, higher is better',
    '25',
    { direction: '>', target: '30', nearTarget: '25' },
    'near_target_met',
  ],
  ['unreachable target', '0', { target: '-1', nearTarget: '10' }, 'near_target_met'],
  ['infinite target', '999999999', { target: 'inf' }, 'target_met'],
  [
    'infinite target the other way',
    '999999999',
    { target: 'Infinity', direction: '>', nearTarget: '0' },
    'near_target_met',
  ],
  ['missing target counts as 0', '0', { target: null, nearTarget: null }, 'target_met'],
  ['target that is no number counts as 0', '1', { target: 'x', nearTarget: '' }, 'target_not_met'],
  ['percentage', '7.5', { scale: 'percentage', target: '7.5' }, 'target_met'],
  ['percentage near', '7.6', { scale: 'percentage', target: '7.5', nearTarget: '8' }, 'near_target_met'],
  [
    'version met',
    '1.10',
    { scale: 'version_number', direction: '>', target: '1.9', nearTarget: '1.0' },
    'target_met',
  ],
  [
    'version near',
    '1.0',
    { scale: 'version_number', direction: '>', target: '1.1', nearTarget: '0.9' },
    'near_target_met',
  ],
  [
    'version not met',
    '0.8',
    { scale: 'version_number', direction: '>', target: '1.1', nearTarget: '0.9' },
    'target_not_met',
  ],
  [
    'pre-release',
    '1.1rc1',
    { scale: 'version_number', direction: '>', target: '1.1', nearTarget: '1.0' },
    'near_target_met',
  ],
  [
    'unreadable version as target',
    '0.1',
    { scale: 'version_number', direction: '>', target: 'x', nearTarget: '0' },
    'target_met',
  ],
]

describe('statusOf', () => {
  it.each(CASES.map((each) => [each[0], each] as const))(
    '%s',
    (_name, [, value, targets, expected, issues = []]) => {
      expect(statusOf(value, { ...BASE, ...targets }, { today: TODAY, issues })).toBe(expected)
    },
  )
})

it('has no end for debt without a target', () => {
  const targets = { ...BASE, acceptDebt: true, debtEndDate: '2020-01-01' }
  expect(isDebtExpired(targets, { today: TODAY, issues: [] })).toBe(false)
})

it('counts every colour, also those that nothing has', () => {
  expect(countStatuses(['target_met', null, 'target_not_met', null, 'informative'])).toEqual({
    red: 1,
    green: 1,
    yellow: 0,
    grey: 0,
    blue: 1,
    white: 2,
  })
})
