import type { DemoTest } from './demo-test.ts'
import { CHAMBER_TESTS, DAILY_TEN_MV_TESTS, DAILY_TESTS } from './linac-daily-tests.ts'
import {
  ACCESSORY_TESTS,
  ANNUAL_TESTS,
  COUCH_TESTS,
  ELECTRON_TESTS,
  MAINTENANCE_TESTS,
  MLC_TESTS,
  MONTHLY_DOSIMETRY_TESTS,
  MONTHLY_IMAGING_TESTS,
  MONTHLY_MECHANICAL_TESTS,
  PATIENT_TESTS,
  WEEKLY_TESTS,
} from './linac-periodic-tests.ts'
import {
  API_EXAMPLE_TESTS,
  CT_ANNUAL_TESTS,
  CT_DAILY_TESTS,
  CT_MONTHLY_TESTS,
  CYCLE_TESTS,
  HDR_DAILY_TESTS,
  HDR_QUARTERLY_TESTS,
  HDR_SOURCE_TESTS,
  UPLOAD_TESTS,
} from './other-unit-tests.ts'

/** A test list of the demonstration. */
export type DemoList = {
  readonly name: string
  readonly tests: readonly DemoTest[]
  /** names of lists that are performed first, as part of it */
  readonly sublists?: readonly string[]
  readonly warning?: string
  readonly description?: string
}

const CHAMBER = 'Chamber corrections'

/** In the order of their ids: `Accessory inspection` is the sixth, as in the users' document. */
export const LISTS: readonly DemoList[] = [
  { name: CHAMBER, tests: CHAMBER_TESTS },
  {
    name: 'Daily linac QA',
    tests: DAILY_TESTS,
    sublists: [CHAMBER],
    description: '<p>Before the first patient.</p>',
  },
  {
    name: 'Daily linac QA, two energies',
    tests: [...DAILY_TESTS, ...DAILY_TEN_MV_TESTS],
    sublists: [CHAMBER],
  },
  { name: 'Weekly linac QA', tests: WEEKLY_TESTS },
  { name: 'Weekly electron outputs', tests: ELECTRON_TESTS },
  { name: 'Accessory inspection', tests: ACCESSORY_TESTS },
  { name: 'Weekly couch QA', tests: COUCH_TESTS },
  {
    name: 'Monthly linac dosimetry',
    tests: MONTHLY_DOSIMETRY_TESTS,
    warning: 'Tell the physicist on call before treating',
  },
  { name: 'Monthly linac mechanical', tests: MONTHLY_MECHANICAL_TESTS },
  { name: 'Monthly imaging', tests: MONTHLY_IMAGING_TESTS },
  { name: 'Monthly MLC', tests: MLC_TESTS },
  { name: 'Annual linac QA', tests: ANNUAL_TESTS },
  { name: 'Patient-specific QA', tests: PATIENT_TESTS },
  { name: 'Post-maintenance check', tests: MAINTENANCE_TESTS },
  { name: 'CT Sim daily QA', tests: CT_DAILY_TESTS },
  { name: 'CT Sim monthly QA', tests: CT_MONTHLY_TESTS, warning: '' },
  { name: 'CT Sim annual QA', tests: CT_ANNUAL_TESTS, warning: '' },
  { name: 'HDR daily QA', tests: HDR_DAILY_TESTS },
  { name: 'HDR source exchange', tests: HDR_SOURCE_TESTS },
  { name: 'HDR quarterly QA', tests: HDR_QUARTERLY_TESTS },
  { name: 'Output cycle, morning', tests: CYCLE_TESTS.slice(0, 2) },
  { name: 'Output cycle, evening', tests: CYCLE_TESTS.slice(2) },
  { name: 'File Upload Example', tests: UPLOAD_TESTS, warning: '' },
  { name: 'Simple API Example', tests: API_EXAMPLE_TESTS, warning: '' },
]

/** The two lists take turns. */
export const CYCLE = {
  name: 'Output cycle',
  lists: ['Output cycle, morning', 'Output cycle, evening'],
} as const

/** Ids of the tests of the accessory inspection in the users' document. */
const FIRST_ACCESSORY_TEST_ID = 104

/** Every test once, in the order of their ids. */
export function testsInOrder(): readonly DemoTest[] {
  const all = new Map(LISTS.flatMap(({ tests }) => tests.map((test) => [test.macro, test] as const)))
  const others = [...all.values()].filter((test) => !ACCESSORY_TESTS.includes(test))
  return others.toSpliced(FIRST_ACCESSORY_TEST_ID - 1, 0, ...ACCESSORY_TESTS)
}

/** What is performed on which units, how often, and by whom. */
export type DemoAssignment = {
  /** a list, or the cycle */
  readonly work: string
  /** numbers of the units */
  readonly units: readonly number[]
  /** name of a frequency; null where it is done when needed */
  readonly frequency: string | null
  readonly groups: readonly ('therapists' | 'physicists')[]
  /** how it was performed in the past; never, unless given */
  readonly done?: {
    /** days from one to the next; `workday` for Monday to Friday */
    readonly every: number | 'workday'
    readonly hour: number
    readonly minutes: number
    readonly by: readonly string[]
  }
}

const LINACS = [1, 2, 3, 4]
const EVERYBODY = ['therapists', 'physicists'] as const
const PHYSICISTS = ['physicists'] as const
const MORNING = { hour: 7, minutes: 14, by: ['therapist', 'user'] }
const EVENING = { hour: 18, minutes: 75, by: ['physicist'] }

export const ASSIGNMENTS: readonly DemoAssignment[] = [
  {
    work: 'Daily linac QA',
    units: [2, 3, 4],
    frequency: 'Workdays',
    groups: EVERYBODY,
    done: { every: 'workday', ...MORNING },
  },
  {
    work: 'Daily linac QA, two energies',
    units: [1],
    frequency: 'Workdays',
    groups: EVERYBODY,
    done: { every: 'workday', ...MORNING },
  },
  {
    work: 'CT Sim daily QA',
    units: [5],
    frequency: 'Workdays',
    groups: EVERYBODY,
    done: { every: 'workday', ...MORNING },
  },
  {
    work: 'HDR daily QA',
    units: [6],
    frequency: 'Workdays',
    groups: EVERYBODY,
    done: { every: 'workday', ...MORNING },
  },
  {
    work: 'Weekly linac QA',
    units: LINACS,
    frequency: 'Weekly',
    groups: EVERYBODY,
    done: { every: 7, hour: 17, minutes: 25, by: ['therapist', 'user'] },
  },
  {
    work: 'Weekly electron outputs',
    units: [2],
    frequency: 'Weekly',
    groups: PHYSICISTS,
    done: { every: 7, ...EVENING },
  },
  {
    work: 'Weekly couch QA',
    units: LINACS,
    frequency: 'Weekly',
    groups: EVERYBODY,
    done: { every: 7, hour: 17, minutes: 10, by: ['user'] },
  },
  {
    work: 'Output cycle',
    units: [1],
    frequency: 'Weekly',
    groups: EVERYBODY,
    done: { every: 7, hour: 12, minutes: 10, by: ['user'] },
  },
  {
    work: 'Accessory inspection',
    units: LINACS,
    frequency: 'Monthly',
    groups: EVERYBODY,
    done: { every: 28, hour: 16, minutes: 8, by: ['therapist'] },
  },
  {
    work: 'Monthly linac dosimetry',
    units: LINACS,
    frequency: 'Monthly',
    groups: PHYSICISTS,
    done: { every: 28, ...EVENING },
  },
  {
    work: 'Monthly linac mechanical',
    units: LINACS,
    frequency: 'Monthly',
    groups: PHYSICISTS,
    done: { every: 28, ...EVENING },
  },
  {
    work: 'Monthly imaging',
    units: LINACS,
    frequency: 'Monthly',
    groups: PHYSICISTS,
    done: { every: 28, ...EVENING },
  },
  {
    work: 'Monthly MLC',
    units: LINACS,
    frequency: 'Monthly',
    groups: PHYSICISTS,
    done: { every: 28, ...EVENING },
  },
  {
    work: 'CT Sim monthly QA',
    units: [5],
    frequency: 'Monthly',
    groups: PHYSICISTS,
    done: { every: 28, ...EVENING },
  },
  {
    work: 'HDR quarterly QA',
    units: [6],
    frequency: 'Quarterly',
    groups: PHYSICISTS,
    done: { every: 91, ...EVENING },
  },
  {
    work: 'HDR source exchange',
    units: [6],
    frequency: null,
    groups: PHYSICISTS,
    done: { every: 90, hour: 10, minutes: 120, by: ['physicist'] },
  },
  {
    work: 'Annual linac QA',
    units: LINACS,
    frequency: 'Annual',
    groups: PHYSICISTS,
    done: { every: 300, ...EVENING },
  },
  {
    work: 'CT Sim annual QA',
    units: [5],
    frequency: 'Annual',
    groups: PHYSICISTS,
    done: { every: 300, ...EVENING },
  },
  {
    work: 'Patient-specific QA',
    units: LINACS,
    frequency: null,
    groups: PHYSICISTS,
    done: { every: 11, ...EVENING },
  },
  {
    work: 'Post-maintenance check',
    units: LINACS,
    frequency: null,
    groups: PHYSICISTS,
    done: { every: 170, ...EVENING },
  },
  { work: 'File Upload Example', units: [1], frequency: null, groups: EVERYBODY },
  { work: 'Simple API Example', units: [1], frequency: null, groups: EVERYBODY },
]

/** Days since the last time where it is not simply in time: what is due, overdue, or forgotten. */
export const LATE: Readonly<Record<string, number>> = {
  'Weekly linac QA on 2': 12,
  'Weekly couch QA on 4': 8,
  'Accessory inspection on 4': 30,
  'Monthly linac mechanical on 3': 41,
  'Monthly imaging on 2': 29,
  'HDR quarterly QA on 6': 95,
}

/** Work that somebody began and did not finish. */
export const UNFINISHED: readonly { readonly work: string; readonly unit: number; readonly by: string }[] = [
  { work: 'Monthly linac dosimetry', unit: 4, by: 'physicist' },
  { work: 'Weekly linac QA', unit: 2, by: 'user' },
]
