import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServerProcess, startServer } from '../support/server-process.ts'

const FOLDER = import.meta.dirname
const SHARED = process.env.TOUCHSTONE_SHARED ?? join(FOLDER, '..', '..', '..', 'shared')
const DOCUMENT = join(SHARED, 'seeds', 'qatrack-api.rst.txt')
const DMLF_DOCUMENT = join(SHARED, 'seeds', 'dmlf-api.txt')

const python = spawnSync('python3', ['-c', 'import requests'], { encoding: 'utf8' })
const whyNot = python.error
  ? 'there is no python3'
  : python.status === 0
    ? undefined
    : 'python3 has no requests'

if (whyNot !== undefined) console.warn(`The users' scripts do not run here: ${whyNot}.`)

describe('running the users’ scripts', () => {
  it.runIf(process.env.CI === 'true')('needs python3 with requests', () => {
    expect(whyNot).toBeUndefined()
  })
})

describe.runIf(whyNot === undefined)('scripts against a fresh demonstration', { timeout: 120_000 }, () => {
  let folder: string
  let server: ServerProcess
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'touchstone-scripts-'))
    server = await startServer(
      { environment: { TOUCHSTONE_DATA: join(folder, 'data'), TOUCHSTONE_TIMEZONE: '' } },
      '--demo',
    )
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function run(script: string, ...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('python3', [join(FOLDER, script), ...args], {
      maxBuffer: 2 ** 26,
    })
    return stdout
  }

  // first, while the demonstration is as fresh as the document expects it
  it.skipIf(!existsSync(DOCUMENT) && say(`The users' document is not at ${DOCUMENT}.`))(
    'runs the code of the QATrack+ users’ document',
    async () => {
      expect(await run('run_document.py', DOCUMENT, server.origin)).toMatch(
        /ran 18 blocks of the document\n$/,
      )
    },
  )

  it.skipIf(!existsSync(DMLF_DOCUMENT) && say(`The users' document is not at ${DMLF_DOCUMENT}.`))(
    'runs the code of the DMLF users’ document',
    async () => {
      expect(await run('run_dmlf_document.py', DMLF_DOCUMENT, server.origin)).toMatch(
        /ran 15 blocks of the document\n$/,
      )
    },
  )

  it('makes the calls of the QATrack+ users’ document in its order', async () => {
    expect(await run('qatrack.py', server.origin)).toBe('every call gave what the document says\n')
  })

  it('makes the requests of the Quality-time users’ document in its order', async () => {
    expect(await run('quality_time.py', server.origin)).toBe('every request gave what the document says\n')
  })

  it('does a nightly job', async () => {
    expect(await run('nightly_job.py', server.origin)).toMatch(/^submitted, and read back \d+ results\n$/)
  })

  it('makes them all again, for nothing is in the way of a second run', async () => {
    expect(await run('qatrack.py', server.origin)).toBe('every call gave what the document says\n')
  })
})

function say(text: string): true {
  console.warn(text)
  return true
}
