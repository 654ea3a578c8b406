import { expect, it } from 'vitest'
import { makeSitePlace, openTestSite, removeSitePlace } from '../support/make-site.ts'
import { fillQaSite, tokenOf } from '../support/qa-fixture.ts'
import { startServer } from '../support/server-process.ts'

const ROUNDS = 10

it('lets exactly one of two servers on one PostgreSQL take a session with the same user key', async () => {
  const place = await makeSitePlace('postgres')
  const site = await openTestSite(place)
  const { assignments } = await fillQaSite(site)
  await site.close()
  const servers = await Promise.all([startServer(place), startServer(place)])
  // both interpreters are warm before the race begins
  await Promise.all(servers.map(({ origin }, index) => submit(origin, assignments.simple, `warm-${index}`)))

  for (let round = 0; round < ROUNDS; round++) {
    const answers = await Promise.all(
      servers.flatMap(({ origin }) => [1, 2].map(() => submit(origin, assignments.simple, `round-${round}`))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400])
    for (const { status, text } of answers) {
      if (status === 400)
        expect(text).toBe('{"user_key":["test list instance with this user key already exists."]}')
    }
  }
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0])
  await removeSitePlace(place)
}, 120_000)

async function submit(
  origin: string,
  assignment: number,
  userKey: string,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${origin}/api/qa/testlistinstances/`, {
    method: 'POST',
    headers: { authorization: `Token ${tokenOf('user')}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      unit_test_collection: `${origin}/api/qa/unittestcollections/${assignment}/`,
      work_started: '2026-01-05 08:00',
      user_key: userKey,
      tests: { number_1: { value: 1 }, number_2: { value: 2 } },
    }),
  })
  return { status: response.status, text: await response.text() }
}
