import { expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { CredentialKind } from '../../core/actor.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  makeAccess,
  makeAccessContext,
  makeClock,
  makeUser,
} from '../access/testing.ts'
import { findOwnProfile, requireDeveloper, saveOwnProfile } from './developer-profile.ts'
import { meterUse, secondsToNextMonth, summariseActivity } from './meter-use.ts'
import { createDicom } from './store/migrations/0001-create.ts'
import type { DicomTables } from './store/tables.ts'

forEachDatabase('the use of the DICOM API', [...ACCESS_TEST_MIGRATIONS, createDicom], (open) => {
  async function setUp(credential: CredentialKind = 'api-key') {
    const clock = makeClock('2025-01-05T12:00:00Z')
    const operator = makeAccessContext(await open(), { now: clock.now })
    const id = await makeUser(operator, makeAccess())
    const permissions = new Set(['dicom.access'])
    const ctx: Context = {
      ...operator,
      actor: { kind: 'user', id, username: 'dev', isAdministrator: false, permissions, groupIds: [] },
      origin: { requestId: 'test', credential },
    }
    const limit = (quota: number) =>
      operator.db
        .withTables<DicomTables>()
        .updateTable('dicom_developer')
        .set({ read_quota: quota })
        .where('user_id', '=', id)
        .execute()
    return { clock, ctx, limit }
  }

  it('is counted by day in the zone of the site, both resources together', async () => {
    const { ctx, clock } = await setUp()
    expect(await summariseActivity(ctx, {})).toEqual({ days: [], total: 0 })
    expect(await meterUse(ctx, 'read')).toMatchObject({ quota: 1000, used: 1 })
    expect(await meterUse(ctx, 'generate')).toMatchObject({ quota: 1000, used: 1 })
    // still the evening of the 31st in Toronto
    clock.advance(Date.parse('2025-02-01T04:00:00Z') - clock.now().getTime())
    expect(await meterUse(ctx, 'read')).toMatchObject({ used: 2, resetS: 3600 })
    const january = {
      days: [
        { day: '2025-01-05', count: 2 },
        { day: '2025-01-31', count: 1 },
      ],
      total: 3,
    }
    expect(await summariseActivity(ctx, {})).toEqual(january)
    clock.advance(2 * 3_600_000)
    expect(await meterUse(ctx, 'read')).toMatchObject({ used: 1 })
    expect(await summariseActivity(ctx, {})).toEqual({ days: [{ day: '2025-02-01', count: 1 }], total: 1 })
    expect(await summariseActivity(ctx, { month: 1 })).toEqual(january)
    expect((await summariseActivity(ctx, { year: 2025 })).total).toBe(4)
    expect((await summariseActivity(ctx, { year: 2024, month: 1 })).total).toBe(0)
  })

  it('ends at the quota, however many servers are asked at once, and the number does not run away', async () => {
    const { ctx, limit } = await setUp()
    await saveOwnProfile(ctx, { purpose: 'testing' })
    await limit(5)
    const other = { ...ctx, origin: { ...ctx.origin, requestId: 'other' } }
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => meterUse(index % 2 === 0 ? ctx : other, 'read')),
    )
    const used = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value?.used] : []))
    expect(used.sort()).toEqual([1, 2, 3, 4, 5])
    const refused = { refusal: { kind: 'quota-exceeded', resource: 'read', quota: 5, used: 6 } }
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refused)
    await expect(meterUse(ctx, 'read')).rejects.toMatchObject(refused)
    expect((await summariseActivity(ctx, {})).total).toBe(5)
    await limit(0)
    await expect(meterUse(ctx, 'read')).rejects.toMatchObject({ refusal: { quota: 0, used: 6 } })
  })

  it('is given back when the server failed', async () => {
    const { ctx } = await setUp()
    const taken = await meterUse(ctx, 'read')
    await taken?.giveBack()
    expect((await meterUse(ctx, 'read'))?.used).toBe(1)
    expect((await summariseActivity(ctx, {})).total).toBe(1)
  })

  it.each([
    ['session', 'none', false],
    ['jwt', 'none', false],
    ['jwt', 'developer', true],
    ['api-key', 'none', true],
  ] as const)('by %s, with profile %s, is counted: %s', async (credential, profile, counted) => {
    const { ctx } = await setUp(credential)
    if (profile === 'developer') await saveOwnProfile(ctx, {})
    expect((await meterUse(ctx, 'read')) !== undefined).toBe(counted)
  })

  it('needs the permission of the part', async () => {
    const { ctx } = await setUp()
    if (ctx.actor.kind !== 'user') throw new Error('unreachable')
    const stranger = { ...ctx, actor: { ...ctx.actor, permissions: new Set<string>() } }
    await expect(meterUse(stranger, 'read')).rejects.toMatchObject({
      refusal: { permission: 'dicom.access' },
    })
  })

  it('begins with a profile, of which a later call changes only what it says', async () => {
    const { ctx } = await setUp('jwt')
    await expect(requireDeveloper(ctx)).rejects.toMatchObject({ refusal: { kind: 'not-permitted' } })
    expect(await findOwnProfile(ctx)).toBeUndefined()
    const first = { purpose: 'testing', organization: 'My Organization' }
    expect(await saveOwnProfile(ctx, first)).toEqual(first)
    expect(await saveOwnProfile(ctx, { purpose: null })).toEqual({ ...first, purpose: null })
    await requireDeveloper(ctx)
    await expect(saveOwnProfile(ctx, { purpose: 'zz', organization: 'x'.repeat(256) })).rejects.toMatchObject(
      {
        refusal: {
          problems: [
            { field: 'purpose', problem: '"zz" is not a valid choice.' },
            { field: 'organization', problem: 'Ensure this field has no more than 255 characters.' },
          ],
        },
      },
    )
  })
})

it.each([
  ['2025-01-31T23:59:59-05:00', 1],
  ['2025-12-31T23:00:00-05:00', 3600],
  // an hour of March is skipped in Toronto
  ['2025-03-01T00:00:00-05:00', 31 * 86_400 - 3600],
])('at %s the next month begins in %i s', (now, seconds) => {
  expect(secondsToNextMonth({ now: () => new Date(now), zone: 'America/Toronto' })).toBe(seconds)
})
