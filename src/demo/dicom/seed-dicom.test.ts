import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makeSitePlace,
  openTestSite,
  removeSitePlace,
  type SitePlace,
} from '../../../tests/support/make-site.ts'
import { asSystem, inTransaction } from '../../context.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'
import { findOwnProfile } from '../../modules/dicom/developer-profile.ts'
import { meterUse, summariseActivity } from '../../modules/dicom/meter-use.ts'
import type { DatabaseKind } from '../../platform/database/database.ts'
import type { Site } from '../../site.ts'
import { seedAccounts } from '../seed-accounts.ts'
import { seedDicomDemonstration } from './seed-dicom.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

describe.each(wanted as DatabaseKind[])('the developers of the demonstration (%s)', (kind) => {
  let place: SitePlace
  let site: Site
  beforeAll(async () => {
    place = await makeSitePlace(kind)
    site = await openTestSite(place, { now: () => new Date('2025-01-05T15:00:00Z') })
    await inTransaction(asSystem(site.base, 'test'), async (tx) =>
      seedDicomDemonstration(tx, await seedAccounts(tx, site.access)),
    )
  })
  afterAll(async () => {
    await site.close()
    await removeSitePlace(place)
  })

  async function byKey(key: string) {
    const resolved = await resolveCredential(site.base, site.access, { authorization: `ApiKey ${key}` })
    if (!('actor' in resolved)) throw new Error(resolved.problem)
    return actingAs(site.base, resolved.actor, 'api-key')
  }

  it('have the printed key, a profile and use on several days', async () => {
    const ctx = await byKey('amRqSgZZ.CLevHmvt7WJucw2gKA5sGhEUs2Fh6Svq')
    expect(await findOwnProfile(ctx)).toEqual({ purpose: 'testing', organization: 'My Organization' })
    expect((await summariseActivity(ctx, { year: 2025 })).days).toEqual([
      { day: '2025-01-03', count: 1 },
      { day: '2025-01-04', count: 7 },
      { day: '2025-01-05', count: 2 },
    ])
    expect((await meterUse(ctx, 'read'))?.used).toBe(11)
  })

  it('have one whose next read is refused', async () => {
    const ctx = await byKey('quotaZZZ.DemoKeyOfTheAccountWithoutQuota0')
    await expect(meterUse(ctx, 'read')).rejects.toMatchObject({
      refusal: { kind: 'quota-exceeded', quota: 1000, used: 1001 },
    })
  })
})
