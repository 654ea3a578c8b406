import { asSystem, type Context } from '../../src/context.ts'
import { equals } from '../../src/core/query.ts'
import { createUser } from '../../src/modules/access/create-user.ts'
import { storeShownAgainToken } from '../../src/modules/access/get-or-create-token.ts'
import { groupRecord } from '../../src/modules/access/records/group.ts'
import { asUser } from '../../src/modules/access/testing.ts'
import { site as siteRecord } from '../../src/modules/equipment/records/site.ts'
import { assignment } from '../../src/modules/machine-qa/records/assignment.ts'
import { category } from '../../src/modules/machine-qa/records/category.ts'
import { frequency } from '../../src/modules/machine-qa/records/frequency.ts'
import { modality } from '../../src/modules/machine-qa/records/modality.ts'
import { test } from '../../src/modules/machine-qa/records/test.ts'
import { testList } from '../../src/modules/machine-qa/records/test-list.ts'
import { testListCycle } from '../../src/modules/machine-qa/records/test-list-cycle.ts'
import { tolerance } from '../../src/modules/machine-qa/records/tolerance.ts'
import { unit } from '../../src/modules/machine-qa/records/unit.ts'
import { unitClass } from '../../src/modules/machine-qa/records/unit-class.ts'
import { unitTestInfo } from '../../src/modules/machine-qa/records/unit-test-info.ts'
import { unitType } from '../../src/modules/machine-qa/records/unit-type.ts'
import { vendor } from '../../src/modules/machine-qa/records/vendor.ts'
import { setReference } from '../../src/modules/machine-qa/set-reference.ts'
import { findRecords, listRecords } from '../../src/modules/records/list-records.ts'
import { createRecord } from '../../src/modules/records/save-record.ts'
import type { Site } from '../../src/site.ts'

/** Who uses the fixture's site. Everybody's password is the name behind a hyphen: `demo-viewer`. */
export const ROLES = {
  admin: { isAdministrator: true, groups: [] },
  physicist: { groups: ['Physicists'] },
  user: { groups: ['Therapists'] },
  reviewer: { groups: ['QA reviewers'] },
  viewer: { groups: ['QA viewers'] },
  outsider: { groups: [] },
} as const satisfies Readonly<
  Record<string, { readonly isAdministrator?: boolean; readonly groups: readonly string[] }>
>

export type Role = keyof typeof ROLES

/** Tokens that are the same in every run: 40 digits, the place of the role. */
export function tokenOf(role: Role): string {
  return String(Object.keys(ROLES).indexOf(role) + 1).repeat(40)
}

/** Of a user who is not active any more. */
const TOKEN_OF_ONE_WHO_LEFT = 'f'.repeat(40)

/** Ids of what requests of tests name; the same on both databases. */
export type QaFixture = {
  readonly users: Readonly<Record<Role, number>>
  readonly units: { readonly first: number; readonly second: number }
  readonly assignments: {
    readonly golden: number
    readonly simple: number
    readonly cycle: number
    readonly uploads: number
    readonly varied: number
  }
}

type Values = Readonly<Record<string, unknown>>

/**
 * A small department: two units, lists of every kind, one assignment of each, a user in every role with a token of its
 * own. Nothing has been performed yet.
 */
export async function fillQaSite({ base, access }: Site): Promise<QaFixture> {
  const system = asSystem(base, 'fixture')
  const users = {} as Record<Role, number>
  for (const [role, { groups, ...rest }] of Object.entries(ROLES) as [Role, (typeof ROLES)[Role]][]) {
    const { id } = await createUser(
      system,
      access,
      {
        username: role,
        firstName: role === 'user' ? 'Uma' : '',
        email: `${role}@example.org`,
        password: role === 'user' ? 'password' : `demo-${role}`,
        groups: await Promise.all(groups.map((name) => groupId(system, name))),
        ...rest,
      },
      { password: 'unchecked' },
    )
    users[role] = id
    await storeShownAgainToken(system, access, id, tokenOf(role))
  }
  const left = await createUser(system, access, { username: 'left', isActive: false })
  await storeShownAgainToken(system, access, left.id, TOKEN_OF_ONE_WHO_LEFT)
  const ctx = await asUser(base, users.admin)
  const units = await makeUnits(ctx)
  const therapists = await groupId(system, 'Therapists')
  const lists = await makeLists(ctx)
  const assign = (values: Values) =>
    make(ctx, assignment, { assignedTo: therapists, visibleTo: [therapists], ...values })
  const daily = await idOf(ctx, frequency.name, 'Daily')
  const assignments = {
    golden: await assign({ unit: units.first, testList: lists.golden }),
    simple: await assign({ unit: units.first, testList: lists.simple }),
    cycle: await assign({ unit: units.first, testListCycle: lists.cycle, frequency: daily }),
    uploads: await assign({ unit: units.first, testList: lists.uploads }),
    varied: await assign({ unit: units.second, testList: lists.varied }),
  }
  await setGoldenReference(ctx, units.first)
  return { users, units, assignments }
}

async function make(
  ctx: Context,
  record: Parameters<typeof createRecord>[1],
  values: Values,
): Promise<number> {
  return (await createRecord(ctx, record, values)).id
}

async function idOf(ctx: Context, record: string, name: string, field = 'name'): Promise<number> {
  const { rows } = await listRecords(ctx, ctx.catalogue.get(record), {
    where: equals(field, name),
    order: [],
    limit: 1,
    offset: 0,
  })
  const [row] = rows
  if (!row) throw new Error(`the fixture finds no ${record} called ${name}`)
  return row.id
}

function groupId(ctx: Context, name: string): Promise<number> {
  return idOf(ctx, groupRecord.name, name)
}

async function makeUnits(ctx: Context): Promise<QaFixture['units']> {
  const makerId = await make(ctx, vendor, { name: 'Maker', notes: 'Ärzte & "Physik"' })
  const classId = await make(ctx, unitClass, { name: 'Linac' })
  const type = await make(ctx, unitType, {
    name: 'Linear One',
    model: 'L1',
    vendor: makerId,
    unitClass: classId,
  })
  const photons = await make(ctx, modality, { name: '6 MV Photon' })
  const electrons = await make(ctx, modality, { name: '9 MeV Electron' })
  const siteId = await make(ctx, siteRecord, { name: 'North' })
  const first = await make(ctx, unit, {
    name: 'Unit 1',
    number: 1,
    dateAcceptance: '2018-01-01',
    type,
    modalities: [photons, electrons],
  })
  const second = await make(ctx, unit, {
    name: 'Unit 3',
    number: 3,
    serialNumber: '799',
    location: 'TBCC',
    dateAcceptance: '2018-01-01',
    installDate: '2017-12-01',
    type,
    site: siteId,
    modalities: [photons],
  })
  return { first, second }
}

const GOLDEN_TESTS: readonly Values[] = [
  { name: 'Test 1', slug: 'test1', type: 'simple' },
  { name: 'Test 2', slug: 'test2', type: 'simple' },
  { name: 'Test 3', slug: 'test3', type: 'string' },
  { name: 'Test 4', slug: 'test4', type: 'boolean' },
  { name: 'Test 5', slug: 'test5', type: 'multchoice', choices: 'choice1,choice2,choice3' },
  { name: 'Test C', slug: 'testc', type: 'composite', calculationProcedure: 'result = test1 + test2' },
  { name: 'Test date', slug: 'tdate', type: 'date' },
  { name: 'Test datetime', slug: 'tdatetime', type: 'datetime' },
]

const SIMPLE_TESTS: readonly Values[] = [
  { name: 'Number 1', slug: 'number_1', type: 'simple' },
  { name: 'Number 2', slug: 'number_2', type: 'simple' },
  {
    name: 'Sum of two',
    slug: 'sum_of_two',
    type: 'composite',
    calculationProcedure: 'sum_of_two = number_1 + number_2',
  },
]

const UPLOAD_TESTS: readonly Values[] = [
  {
    name: 'Upload text',
    slug: 'upload_text_test',
    type: 'upload',
    calculationProcedure: 'result = {"text": FILE.read()}',
  },
  {
    name: 'Upload binary',
    slug: 'upload_binary_test',
    type: 'upload',
    calculationProcedure: 'result = {"bytes": len(BIN_FILE.read())}',
  },
]

const VARIED_TESTS: readonly Values[] = [
  { name: 'Angle', slug: 'angle', type: 'wraparound', wrapLow: 0, wrapHigh: 360 },
  { name: 'Factor', slug: 'factor', type: 'constant', constantValue: 99 },
  { name: 'Zähler', slug: 'counter', type: 'simple', formatting: '%.2f' },
  {
    name: 'Words',
    slug: 'words',
    type: 'scomposite',
    calculationProcedure: 'result = {"angle": angle, "note": META["username"]}',
  },
]

type Lists = Readonly<Record<'golden' | 'simple' | 'cycle' | 'uploads' | 'varied', number>>

async function makeLists(ctx: Context): Promise<Lists> {
  const general = await make(ctx, category, { name: 'General', description: 'All of it' })
  const dosimetry = await make(ctx, category, { name: 'Dosimetry', parent: general })
  const makeTests = async (tests: readonly Values[]) => {
    const ids: number[] = []
    for (const values of tests) ids.push(await make(ctx, test, { category: dosimetry, ...values }))
    return ids
  }
  const golden = await make(ctx, testList, { name: 'Golden list', tests: await makeTests(GOLDEN_TESTS) })
  const simple = await make(ctx, testList, {
    name: 'Simple API Example',
    tests: await makeTests(SIMPLE_TESTS),
  })
  const dayOne = await make(ctx, testList, {
    name: 'Daily Simulation',
    tests: await makeTests([{ name: 'Laser', slug: 'laser', type: 'simple' }]),
  })
  const dayTwo = await make(ctx, testList, {
    name: 'Weekly doors',
    warningMessage: '',
    tests: await makeTests([{ name: 'Door', slug: 'door', type: 'boolean' }]),
  })
  const cycle = await make(ctx, testListCycle, { name: 'Two days', testLists: [dayOne, dayTwo] })
  const uploads = await make(ctx, testList, { name: 'Uploads', tests: await makeTests(UPLOAD_TESTS) })
  const varied = await make(ctx, testList, {
    name: 'Varied',
    tests: await makeTests(VARIED_TESTS),
    sublists: [dayTwo],
  })
  return { golden, simple, cycle, uploads, varied }
}

/** The first test of the golden list is compared with 1.0, tolerance −2/−1/1/2. */
async function setGoldenReference(ctx: Context, unitId: number): Promise<void> {
  const toleranceId = await make(ctx, tolerance, {
    type: 'absolute',
    actLow: -2,
    tolLow: -1,
    tolHigh: 1,
    actHigh: 2,
  })
  const testId = await idOf(ctx, test.name, 'test1', 'slug')
  const { rows } = await listRecords(ctx, unitTestInfo, {
    where: { kind: 'all', of: [equals('unit', unitId), equals('test', testId)] },
    order: [],
    limit: 1,
    offset: 0,
  })
  const info = rows[0]
  if (!info) throw new Error('the golden list is not ready on its unit')
  await setReference(ctx, { unitTestInfoId: info.id, value: 1, toleranceId }, 'as measured at acceptance')
  const [after] = await findRecords(ctx, unitTestInfo, [info.id])
  if (after?.tolerance !== toleranceId) throw new Error('the tolerance was not set')
}
