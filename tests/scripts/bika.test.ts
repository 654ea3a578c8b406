import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServerProcess, startServer } from '../support/server-process.ts'

const whyNot = spawnSync('python3', ['--version']).error ? 'there is no python3' : undefined
if (whyNot !== undefined) console.warn(`The script of the Bika JSON API does not run here: ${whyNot}.`)

describe.runIf(whyNot === undefined)(
  'a script of the Bika JSON API against a fresh demonstration',
  { timeout: 120_000 },
  () => {
    let folder: string
    let server: ServerProcess
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'touchstone-bika-'))
      server = await startServer(
        { environment: { TOUCHSTONE_DATA: join(folder, 'data'), TOUCHSTONE_TIMEZONE: '' } },
        '--demo',
      )
    })
    afterAll(async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    })

    it('runs the requests of the document, and takes fifty samples from registration to publication', async () => {
      const { stdout } = await promisify(execFile)('python3', [
        join(import.meta.dirname, 'bika.py'),
        server.origin,
      ])
      expect(stdout).toBe(
        'ran the requests of the document\ntook 50 samples from registration to publication\n',
      )
    })
  },
)
