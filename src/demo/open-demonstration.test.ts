import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Config, readConfig } from '../config.ts'
import { describeDemonstration } from './describe-demonstration.ts'
import { openDemonstration } from './open-demonstration.ts'

let data: string
let config: Config
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'touchstone-demo-open-'))
  config = readConfig({ data, logLevel: 'silent' }, {})
})
afterAll(() => rm(data, { recursive: true }))

async function start(fresh: boolean): Promise<{ zone: string; said: string[]; users: number }> {
  const said: string[] = []
  const site = await openDemonstration(config, { fresh, say: (line) => said.push(line) })
  const { rows } = await sql<{ n: number }>`select count(*) as n from access_user`.execute(site.base.db)
  await site.close()
  return { zone: site.base.zone, said, users: rows[0]?.n ?? 0 }
}

it('is made at the first start, kept at the second, and made again when it is to be fresh', async () => {
  const making = ['Making the demonstration laboratory …']
  expect(await start(false)).toEqual({ zone: 'America/Toronto', said: making, users: 21 })
  expect(await start(false)).toMatchObject({ said: [], users: 21 })
  expect(await start(true)).toMatchObject({ said: making, users: 21 })
})

it('names every account, and a request for each API', () => {
  const text = describeDemonstration('http://127.0.0.1:8080').join('\n')
  expect(text).toContain('  user               password           performs machine QA')
  expect(text).toContain("  curl -d 'username=user&password=password' http://127.0.0.1:8080/api/get-token/")
})
