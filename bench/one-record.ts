import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBenchDepartment } from './department.ts'
import { type Call, load } from './load.ts'
import type { Row } from './report.ts'
import { serveSite } from './served-site.ts'

const OPTIONS = { clients: 16, calls: 12_000 }
const WARMING = { clients: 16, calls: 2000 }
const BARE_PORT = 18_431

/** `GET` of one unit, authenticated, against a bare Fastify route that sends the same bytes, in the same run. */
export async function measureOneRecord(): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), 'touchstone-record-'))
  const { token, unitId } = await makeBenchDepartment(data)
  const served = await serveSite(data)
  const call: Call = {
    method: 'GET',
    path: `/api/units/units/${unitId}/`,
    headers: { authorization: `Token ${token}` },
  }
  const bare = await startBare(
    await (await fetch(`http://127.0.0.1:${served.port}${call.path}`, { headers: call.headers })).text(),
  )
  await load(served.port, WARMING, () => call)
  await load(BARE_PORT, WARMING, () => call)
  const ratios: number[] = []
  let last = { ours: 0, theirs: 0 }
  for (let turn = 0; turn < 3; turn++) {
    const ours = (await load(served.port, OPTIONS, () => call)).perSecond
    const theirs = (await load(BARE_PORT, OPTIONS, () => call)).perSecond
    last = { ours, theirs }
    ratios.push(ours / theirs)
  }
  await served.stop()
  bare.kill()
  await rm(data, { recursive: true })
  const median = ratios.toSorted((a, b) => a - b)[1] ?? 0
  return [
    {
      what: 'GET one record, authenticated, against a bare Fastify route',
      measured: `${(median * 100).toFixed(0)} % (${last.ours.toFixed(0)}/s of ${last.theirs.toFixed(0)}/s)`,
      budget: '≥ 40 %',
    },
  ]
}

async function startBare(body: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), [String(BARE_PORT), body], {
    stdio: 'inherit',
  })
  await once(child, 'message')
  return child
}
