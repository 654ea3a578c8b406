import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareDemoFolder } from './demo-folder.ts'

let parent: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'touchstone-demo-folder-'))
})
afterAll(() => rm(parent, { recursive: true }))

let made = 0

/** A folder with files of these names. */
async function folderWith(...names: string[]): Promise<string> {
  made += 1
  const folder = join(parent, String(made))
  await mkdir(folder)
  for (const name of names) await writeFile(join(folder, name), 'content')
  return folder
}

it('makes a folder that is not there yet, with its parents', async () => {
  const folder = join(parent, 'a', 'b')
  await prepareDemoFolder(folder, false)
  expect(await readdir(folder)).toEqual(['made-by-demo.txt'])
})

it('takes an empty folder, with or without settings', async () => {
  await prepareDemoFolder(await folderWith(), false)
  await prepareDemoFolder(await folderWith('touchstone.json'), true)
})

it.each([[false], [true]])(
  'refuses a folder with data of somebody else (fresh: %s), and leaves it alone',
  async (fresh) => {
    const folder = await folderWith('touchstone.db')
    await expect(prepareDemoFolder(folder, fresh)).rejects.toThrow(
      'holds data that the demonstration did not make. Name another one with --data, or start without --demo.',
    )
    expect(await readdir(folder)).toEqual(['touchstone.db'])
  },
)

it('keeps what it made before, unless that is to be fresh', async () => {
  const folder = await folderWith('made-by-demo.txt', 'touchstone.db', 'touchstone.json')
  await prepareDemoFolder(folder, false)
  expect((await readdir(folder)).sort()).toEqual(['made-by-demo.txt', 'touchstone.db', 'touchstone.json'])
  await prepareDemoFolder(folder, true)
  expect((await readdir(folder)).sort()).toEqual(['made-by-demo.txt', 'touchstone.json'])
})
