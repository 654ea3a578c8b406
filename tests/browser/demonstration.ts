import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { testRun } from '../../src/platform/database/test-run.ts'
import { serveDemonstration } from './served-demonstration.ts'

const LOOK_EVERY_MS = 250
const SEEDING_LIMIT_MS = 180_000

/**
 * A folder of its own with the demonstration's data. Whoever of a run of the tests asks first makes them; the others
 * wait, and all get copies.
 */
export async function copyDemonstration(): Promise<string> {
  const { folder } = await testRun()
  const made = join(folder, 'demonstration')
  const ready = join(folder, 'demonstration.ready')
  if (await isFirst(made)) {
    const served = await serveDemonstration(made)
    await served.stop()
    await writeFile(ready, '')
  }
  await waitFor(ready)
  const copy = await mkdtemp(join(folder, 'laboratory-'))
  await cp(made, copy, { recursive: true })
  return copy
}

async function isFirst(folder: string): Promise<boolean> {
  try {
    await mkdir(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function waitFor(file: string): Promise<void> {
  const deadline = Date.now() + SEEDING_LIMIT_MS
  while (!existsSync(file)) {
    if (Date.now() > deadline) throw new Error('The demonstration of this run was not made in time.')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
