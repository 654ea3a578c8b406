import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { asSystem, type Context } from '../context.ts'
import type { UserActor } from '../core/actor.ts'
import { all, type Condition, compare, EVERYTHING, equals, related } from '../core/query.ts'
import type { RecordType } from '../core/record.ts'
import { authenticatePassword } from '../modules/access/authenticate-password.ts'
import { workForYou } from '../modules/machine-qa/for-you.ts'
import { createSession } from '../modules/machine-qa/perform-session.ts'
import type { PerformingContext } from '../modules/machine-qa/performing/performing-context.ts'
import { assignment } from '../modules/machine-qa/records/assignment.ts'
import { session } from '../modules/machine-qa/records/session.ts'
import { status } from '../modules/machine-qa/records/status.ts'
import { test } from '../modules/machine-qa/records/test.ts'
import { testList } from '../modules/machine-qa/records/test-list.ts'
import { unit } from '../modules/machine-qa/records/unit.ts'
import { unitTestInfo } from '../modules/machine-qa/records/unit-test-info.ts'
import { referenceHistory } from '../modules/machine-qa/reference-history.ts'
import { unitStateStrips, unitStates } from '../modules/machine-qa/unit-state.ts'
import { workList } from '../modules/machine-qa/work-list.ts'
import { getRecord } from '../modules/records/get-record.ts'
import { listRecords } from '../modules/records/list-records.ts'
import { testPostgresUrl } from '../platform/database/testing.ts'
import type { AnyRow } from '../platform/records/row-codec.ts'
import { openSite, type Site } from '../site.ts'
import { ACCOUNTS } from './accounts.data.ts'
import { testsInOrder } from './machine-qa/programme.ts'
import { seedDemonstration } from './seed-demonstration.ts'

const ZONE = 'America/Toronto'

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function openEmptySite(kind: 'sqlite' | 'postgres'): Promise<Site> {
  const data = await mkdtemp(join(tmpdir(), 'touchstone-demo-'))
  folders.push(data)
  const databaseUrl = kind === 'postgres' ? await testPostgresUrl() : ''
  return openSite(readConfig({ data, databaseUrl, timezone: ZONE, logLevel: 'silent' }, {}))
}

const KINDS = (process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']).filter(
  (kind) => kind === 'sqlite' || kind === 'postgres',
)

describe.each(KINDS)('the demonstration laboratory (%s)', (kind) => {
  let site: Site
  let ctx: Context
  beforeAll(async () => {
    site = await openEmptySite(kind)
    ctx = asSystem(site.base, 'test')
    expect(await seedDemonstration(site)).toBeGreaterThan(4000)
  })
  afterAll(() => site.close())

  async function find(record: RecordType, where: Condition = EVERYTHING): Promise<readonly AnyRow[]> {
    const order = [{ path: ['id'], direction: 'asc' as const }]
    return (await listRecords(ctx, record, { where, order, limit: 10_000, offset: 0 }, { total: 'none' }))
      .rows
  }

  async function one(record: RecordType, where: Condition): Promise<AnyRow> {
    const [row, ...others] = await find(record, where)
    if (!row || others.length > 0) throw new Error(`not exactly one ${record.name}`)
    return row
  }

  async function acting(username: string): Promise<PerformingContext & { readonly actor: UserActor }> {
    const password = ACCOUNTS.find((account) => account.username === username)?.password ?? ''
    const answer = await authenticatePassword(site.base, site.access, {
      by: 'username',
      name: username,
      password,
    })
    if (answer.kind !== 'accepted') throw new Error(`${username} cannot sign in: ${answer.kind}`)
    return { ...site.base, actor: answer.account.actor, calculations: site.calculations }
  }

  async function count(statement: RawBuilder<{ n: number }>): Promise<number> {
    return (await statement.execute(site.base.db)).rows[0]?.n ?? 0
  }

  it('has the units of the users’ document', async () => {
    expect(await getRecord(ctx, unit, 5)).toMatchObject({
      name: 'Unit 1',
      number: 1,
      modalities: [1, 2],
      type: 7,
      site: null,
      active: true,
      isServiceable: false,
      installDate: null,
      dateAcceptance: '2018-01-01',
    })
    expect(await getRecord(ctx, unit, 1)).toMatchObject({
      name: 'Unit 3',
      number: 3,
      modalities: [1],
      type: 7,
      site: null,
      location: 'TBCC',
      serialNumber: '799',
      dateAcceptance: '2018-01-01',
    })
    expect((await find(unit)).map(({ name }) => name)).toEqual([
      'Unit 3',
      'Unit 2',
      'Unit 4',
      'CT 1',
      'Unit 1',
      'HDR 1',
    ])
  })

  it('has the test lists of the users’ document', async () => {
    const lists = await find(testList)
    expect(lists.length).toBeGreaterThanOrEqual(21)
    expect(lists.filter(({ name }) => String(name).includes('Sim ')).length).toBeGreaterThan(0)
    expect(await getRecord(ctx, testList, 6)).toMatchObject({
      name: 'Accessory inspection',
      slug: 'accessory-inspection',
      tests: [104, 105],
      sublists: [],
      warningMessage: 'Do not treat',
      javascript: null,
      createdBy: 9,
      createdAt: new Date('2014-05-30T16:11:05-04:00'),
      modifiedBy: 9,
      modifiedAt: new Date('2014-07-24T13:59:43-04:00'),
    })
  })

  it('has the example of the users’ document on Unit 1 only, with nothing to compare and nothing due', async () => {
    const found = await one(
      assignment,
      all(
        related('unit', compare('name', 'icontains', 'Unit 1')),
        related('testList', compare('name', 'icontains', 'Simple API Example')),
      ),
    )
    expect(found).toMatchObject({ unit: 5, frequency: null, dueDate: null, lastInstance: null, active: true })
    expect(await find(assignment, equals('testList', Number(found.testList)))).toHaveLength(1)
    const list = await getRecord(ctx, testList, Number(found.testList))
    const tests = await find(test)
    const macros = (list.tests as number[]).map((id) => tests.find((row) => row.id === id)?.slug)
    expect(macros).toEqual(['number_1', 'number_2', 'sum_of_two'])
    const infos = await find(unitTestInfo, compare('test', 'in', list.tests as number[]))
    expect(infos.map(({ unit: of, reference, tolerance }) => [of, reference, tolerance])).toEqual(
      [5, 5, 5].map((of) => [of, null, null]),
    )
    expect(await getRecord(ctx, status, 1)).toMatchObject({
      isDefault: true,
      requiresReview: true,
      valid: true,
    })
  })

  it('has nothing that the users’ documents make', async () => {
    expect(await find(session, compare('userKey', 'isnull', false))).toEqual([])
  })

  it('lets the account of the users’ documents perform the example, once', async () => {
    const user = await acting('user')
    const found = await one(assignment, equals('name', 'Simple API Example'))
    const submission = {
      assignmentId: found.id,
      day: 0,
      workStarted: new Date('2018-07-06T10:00:00-04:00'),
      workCompleted: new Date('2018-07-06T11:00:00-04:00'),
      userKey: '12345',
      comment: 'test list comment',
      tests: new Map([
        ['number_1', { value: 1, comment: 'hello number 1' }],
        ['number_2', { value: 2, skipped: false }],
      ]),
    }
    const { session: stored, results } = await createSession(user, submission)
    expect(stored).toMatchObject({ allReviewed: false, dueDate: null, inProgress: false, reviewed: null })
    expect(
      results.map(
        ({
          test: of,
          result,
          valueDisplay,
          diffDisplay,
          passFail,
          statusId,
          comment,
          reference,
          tolerance,
        }) => [
          of.macro,
          result.value,
          valueDisplay,
          diffDisplay,
          passFail,
          statusId,
          comment,
          reference,
          tolerance,
        ],
      ),
    ).toEqual([
      ['number_1', 1, '1', '', 'no_tol', 1, 'hello number 1', null, null],
      ['number_2', 2, '2', '', 'no_tol', 1, '', null, null],
      ['sum_of_two', 3, '3', '', 'no_tol', 1, '', null, null],
    ])
    await expect(createSession(user, submission)).rejects.toMatchObject({
      refusal: { kind: 'conflict', field: 'user_key' },
    })
  })

  it('lets a script perform day 2 of the cycle on Unit 1, and upload files', async () => {
    const user = await acting('user')
    const work = {
      workStarted: new Date('2018-07-06T10:00:00-04:00'),
      workCompleted: new Date('2018-07-06T11:00:00-04:00'),
    }
    const cycle = await one(assignment, all(equals('unit', 5), compare('testListCycle', 'isnull', false)))
    const performed = await createSession(user, {
      ...work,
      assignmentId: cycle.id,
      day: 1,
      tests: new Map(['evening_output', 'evening_flatness'].map((macro) => [macro, { value: 100 }])),
    })
    expect(performed.session.day).toBe(1)
    const uploads = await one(assignment, equals('name', 'File Upload Example'))
    const uploaded = await createSession(user, {
      ...work,
      assignmentId: uploads.id,
      tests: new Map([
        ['upload_text_test', { filename: 'test.txt', value: 'hello text', encoding: 'text' }],
        ['upload_binary_test', { filename: 'image.png', value: 'iVBORw0KGgo=', encoding: 'base64' }],
      ]),
      attachments: [{ filename: 'some_report.pdf', content: Buffer.from('%PDF-1.4') }],
    })
    expect(uploaded.results.map(({ attachments }) => attachments.length)).toEqual([1, 1])
  })

  it('has work that is due, overdue, unfinished and waiting for a review', async () => {
    const therapist = await acting('therapist')
    const { counts, total } = await workList(therapist)
    expect(total).toBeGreaterThan(20)
    expect(counts.action).toBeGreaterThan(0)
    expect(counts.tolerance).toBeGreaterThan(0)
    expect(counts.ok).toBeGreaterThan(5)
    const user = await workForYou(await acting('user'))
    expect(user.map(({ action }) => action)).toContain('Continue')
    const reviewer = await workForYou(await acting('reviewer'))
    expect(reviewer.length).toBeGreaterThan(3)
    expect(new Set(reviewer.map(({ action }) => action))).toEqual(new Set(['Review']))
    expect((await find(session, equals('inProgress', true))).length).toBe(2)
  })

  it('has two years of history with trends, a few failures and repeated work', async () => {
    const outcomes = await sql<{ pass_fail: string; n: number }>`
      select pass_fail, count(*) as n from qa_result group by pass_fail`.execute(site.base.db)
    const counts = Object.fromEntries(outcomes.rows.map(({ pass_fail, n }) => [pass_fail, n]))
    expect(counts.ok).toBeGreaterThan(20_000)
    expect(counts.tolerance).toBeGreaterThan(50)
    expect(counts.action).toBeGreaterThan(5)
    expect(Number(counts.action)).toBeLessThan(400)
    expect(await count(sql`select count(distinct status_id) as n from qa_result`)).toBe(3)
    const firstDay = await sql<{
      first: string
    }>`select min(work_completed) as first from qa_session where work_completed > ${new Date('2020-01-01')}`.execute(
      site.base.db,
    )
    const years = (Date.now() - Date.parse(firstDay.rows[0]?.first ?? '')) / (365 * 86_400_000)
    expect(years).toBeGreaterThan(1.9)
    expect(await count(sql`select count(*) as n from qa_session where work_completed > ${new Date()}`)).toBe(
      0,
    )
  })

  it('knows how its units are', async () => {
    const states = await unitStates(ctx)
    expect(states.size).toBe(6)
    expect(new Set([...states.values()].map(({ state }) => state)).has('unknown')).toBe(false)
    const strips = await unitStateStrips(ctx, { unitIds: [5] })
    expect(strips.get(5)).toHaveLength(30)
  })

  it('keeps the history of references', async () => {
    const [info] = await find(
      unitTestInfo,
      all(equals('unit', 5), related('test', equals('slug', 'flatness_6x'))),
    )
    const { changes, present } = await referenceHistory(ctx, info?.id ?? 0)
    expect(present.reference?.value).toBe(103.2)
    expect(changes.map(({ comment }) => comment)).toEqual([
      'After exchange of the flattening filter',
      'Commissioning',
    ])
  })

  it('lets every account sign in with its password, and only its administrator do everything', async () => {
    for (const { username, isAdministrator = false } of ACCOUNTS) {
      const { actor } = await acting(username)
      expect([username, actor.isAdministrator]).toEqual([username, isAdministrator])
    }
    const user = await acting('user')
    expect([...user.actor.permissions]).toContain('machine-qa.session.perform')
    expect([...user.actor.permissions]).not.toContain('machine-qa.unit.change')
    const viewer = await acting('viewer')
    expect([...viewer.actor.permissions]).not.toContain('machine-qa.session.perform')
  })

  it('is all or nothing: it does not fill a site twice', async () => {
    await expect(seedDemonstration(site)).rejects.toThrow()
    expect(await find(unit)).toHaveLength(6)
  })
})

describe('the demonstration laboratory', () => {
  it('is the same on every run', async () => {
    const now = new Date('2026-11-20T15:00:00Z')
    const fingerprints: string[] = []
    for (let run = 0; run < 2; run += 1) {
      const site = await openEmptySite('sqlite')
      await seedDemonstration(site, { days: 60, now })
      const { rows } = await sql<Record<string, unknown>>`
        select r.id, r.session_id, s.assignment_id, s.work_completed, r.pass_fail, r.value, r.string_value, r.status_id
        from qa_result as r join qa_session as s on s.id = r.session_id order by r.id`.execute(site.base.db)
      fingerprints.push(createHash('sha256').update(JSON.stringify(rows)).digest('hex'))
      expect(rows.length).toBeGreaterThan(3000)
      await site.close()
    }
    expect(fingerprints[0]).toBe(fingerprints[1])
  })

  it('has calculations that Python can read', async () => {
    const site = await openEmptySite('sqlite')
    for (const { macro, procedure } of testsInOrder()) {
      if (procedure === undefined) continue
      const problems = await site.calculations.check({ macro, source: procedure, language: 'procedure' })
      expect([macro, problems]).toEqual([macro, []])
    }
    await site.close()
  })
})
