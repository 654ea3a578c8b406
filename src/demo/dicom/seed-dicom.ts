import type { Context } from '../../context.ts'
import { addDays } from '../../core/calendar.ts'
import { storeApiKey } from '../../modules/access/create-api-key.ts'
import { saveOwnProfile } from '../../modules/dicom/developer-profile.ts'
import { importUses } from '../../modules/dicom/import-uses.ts'
import { siteDay } from '../../modules/dicom/meter-use.ts'
import type { DemoPeople } from '../seed-accounts.ts'

/** Printed in the users' document of the DICOM API. */
const PRINTED_KEY = 'amRqSgZZ.CLevHmvt7WJucw2gKA5sGhEUs2Fh6Svq'
const QUOTA_KEY = 'quotaZZZ.DemoKeyOfTheAccountWithoutQuota0'

/** Files read that many days ago. */
const READS = [
  { daysAgo: 0, count: 2 },
  { daysAgo: 1, count: 7 },
  { daysAgo: 2, count: 1 },
  { daysAgo: 5, count: 12 },
  { daysAgo: 40, count: 30 },
] as const

/** A developer with a profile, a key and some use on several days, and one whose month is used up. */
export async function seedDicomDemonstration(tx: Context, people: DemoPeople): Promise<void> {
  const today = siteDay(tx)
  const developer = await makeDeveloper(tx, people, 'developer', PRINTED_KEY)
  await importUses(
    tx,
    developer,
    READS.map(({ daysAgo, count }) => ({ resource: 'read', day: addDays(today, -daysAgo), count })),
  )
  const quota = await makeDeveloper(tx, people, 'quota', QUOTA_KEY)
  await importUses(tx, quota, [{ resource: 'read', day: today, count: 1000 }])
}

async function makeDeveloper(
  tx: Context,
  people: DemoPeople,
  username: string,
  key: string,
): Promise<number> {
  const actor = people.actor(username)
  await saveOwnProfile({ ...tx, actor }, { purpose: 'testing', organization: 'My Organization' })
  await storeApiKey({ ...tx, actor }, { userId: actor.id, name: 'Demonstration' }, key)
  return actor.id
}
