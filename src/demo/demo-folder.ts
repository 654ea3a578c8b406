import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RefusedError } from '../core/refusal.ts'

const MARK = 'made-by-demo.txt'

const MARK_TEXT =
  'This folder was made by "npm run demo". Everything in it is made up, and "npm run demo -- --fresh" replaces it.\n'

/** What may stand in a folder that still counts as empty. */
const SETTINGS_FILE = 'touchstone.json'

/**
 * Makes a folder ready for the demonstration: a new or empty one, or one that the demonstration made before.
 *
 * @param fresh whether what the demonstration made before is thrown away
 * @throws RefusedError `conflict` for a folder with anything else in it
 */
export async function prepareDemoFolder(folder: string, fresh: boolean): Promise<void> {
  await mkdir(folder, { recursive: true })
  const names = (await readdir(folder)).filter((name) => name !== SETTINGS_FILE)
  if (names.length > 0 && !names.includes(MARK)) {
    throw new RefusedError({
      kind: 'conflict',
      reason: `The folder ${folder} holds data that the demonstration did not make. Name another one with --data, or start without --demo.`,
    })
  }
  if (fresh) {
    for (const name of names) await rm(join(folder, name), { recursive: true, force: true })
  }
  await writeFile(join(folder, MARK), MARK_TEXT)
}
