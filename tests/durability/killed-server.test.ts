import { describe, expect, it } from 'vitest'
import { asSystem } from '../../src/context.ts'
import { EVERYTHING } from '../../src/core/query.ts'
import { findHistory } from '../../src/modules/audit/find-history.ts'
import { listRecords } from '../../src/modules/records/list-records.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import { makeSitePlace, openTestSite, removeSitePlace, type SitePlace } from '../support/make-site.ts'
import { fillQaSite, tokenOf } from '../support/qa-fixture.ts'
import { startServer } from '../support/server-process.ts'

const SUBMITTERS = 16
/** Enough answers that the kill falls among submissions in every stage. */
const ANSWERS_BEFORE_KILL = 120

describe.each<DatabaseKind>(['sqlite', 'postgres'])('a server killed during submissions (%s)', (kind) => {
  it('loses no session that it answered for, and leaves no half session', async () => {
    const place = await makeSitePlace(kind)
    const site = await openTestSite(place)
    const { assignments } = await fillQaSite(site)
    await site.close()

    const server = await startServer(place)
    const acknowledged: number[] = []
    let submitted = 0
    const submitter = async (): Promise<void> => {
      for (;;) {
        const answer = await submit(server.origin, assignments.simple, `key-${submitted++}`)
        if (answer === undefined) return
        acknowledged.push(answer)
        if (acknowledged.length === ANSWERS_BEFORE_KILL) await server.kill()
      }
    }
    await Promise.all(Array.from({ length: SUBMITTERS }, submitter))
    expect(acknowledged.length).toBeGreaterThanOrEqual(ANSWERS_BEFORE_KILL)

    const stored = await storedSessions(place)
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
    expect([...stored.values()].filter(({ results, entries }) => results !== 3 || entries !== 1)).toEqual([])
    await removeSitePlace(place)
  }, 120_000)
})

/** The id of the session, or nothing once the server is gone. */
async function submit(origin: string, assignment: number, userKey: string): Promise<number | undefined> {
  let response: Response
  try {
    response = await fetch(`${origin}/api/qa/testlistinstances/`, {
      method: 'POST',
      headers: { authorization: `Token ${tokenOf('user')}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        unit_test_collection: `${origin}/api/qa/unittestcollections/${assignment}/`,
        work_started: '2026-01-05 08:00',
        work_completed: '2026-01-05 08:10',
        user_key: userKey,
        tests: { number_1: { value: 1 }, number_2: { value: 2 } },
      }),
    })
    // headers alone are no answer: the body may have been cut off
    const { url } = (await response.json()) as { url: string }
    expect(response.status).toBe(201)
    return Number(/\/(\d+)\/$/.exec(url)?.[1])
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined
    throw error
  }
}

type Stored = { readonly results: number; readonly entries: number }

/** Every session that the database holds, with how many results and how many audit entries of its making. */
async function storedSessions(place: SitePlace): Promise<ReadonlyMap<number, Stored>> {
  const site = await openTestSite(place)
  const ctx = asSystem(site.base, 'test')
  const all = { where: EVERYTHING, order: [], limit: 100_000, offset: 0 }
  const sessions = await listRecords(ctx, ctx.catalogue.get('machine-qa.session'), all)
  const results = await listRecords(ctx, ctx.catalogue.get('machine-qa.result'), all)
  const bySession = Map.groupBy(results.rows, (row) => row.testListInstance)
  const stored = new Map<number, Stored>()
  for (const { id } of sessions.rows) {
    const entries = await findHistory(ctx, 'machine-qa.session', id, { limit: 9, offset: 0 })
    stored.set(id, { results: bySession.get(id)?.length ?? 0, entries: entries.length })
  }
  await site.close()
  return stored
}
