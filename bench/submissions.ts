import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBenchDepartment } from './department.ts'
import { type Call, load } from './load.ts'
import { summarise } from './percentile.ts'
import type { Row } from './report.ts'
import { serveSite } from './served-site.ts'

const FIRST_SESSION = Date.UTC(2016, 0, 4, 12)
const MINUTE_MS = 60_000
const VALUES = { t1: 1.5, t2: 2, t3: 3, t4: 4.25, t5: 5, t6: 6, t7: 7 }

/** Submission of a session of nine tests, two of them composites, through the documented API, to the committed answer. */
export async function measureSubmissions(): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), 'touchstone-submit-'))
  const { token, assignmentId } = await makeBenchDepartment(data)
  const served = await serveSite(data)
  let sent = 0
  const call = (): Call => {
    // every session at a time of its own, as sessions are
    const started = new Date(FIRST_SESSION + sent++ * MINUTE_MS)
    const body = JSON.stringify({
      unit_test_collection: `http://localhost/api/qa/unittestcollections/${assignmentId}/`,
      work_started: started.toISOString(),
      work_completed: new Date(started.getTime() + MINUTE_MS).toISOString(),
      tests: Object.fromEntries(Object.entries(VALUES).map(([macro, value]) => [macro, { value }])),
    })
    return {
      method: 'POST',
      path: '/api/qa/testlistinstances/',
      headers: {
        authorization: `Token ${token}`,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      },
      body,
    }
  }
  await load(served.port, { clients: 4, calls: 400 }, call)
  const alone = await load(served.port, { clients: 1, calls: 400 }, call)
  const together = await load(served.port, { clients: 16, calls: 3000 }, call)
  await served.stop()
  await rm(data, { recursive: true })
  const refused = [...alone.statuses, ...together.statuses].filter(([status]) => status !== 201)
  if (refused.length > 0) throw new Error(`submissions were refused: ${JSON.stringify(refused)}`)
  const one = summarise(alone.durationsMs)
  const many = summarise(together.durationsMs)
  return [
    {
      what: 'submit a session (9 tests, 2 composites), SQLite, one client',
      measured: `p95 ${one.p95} ms, median ${one.median}`,
      budget: 'p95 < 20 ms',
    },
    {
      what: 'the same, 16 clients',
      measured: `${together.perSecond.toFixed(0)}/s, p95 ${many.p95} ms`,
      budget: '≥ 300/s',
    },
  ]
}
