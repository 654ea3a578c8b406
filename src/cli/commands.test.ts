import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, '..', 'main.ts')

let folder: string
let data: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-cli-'))
  data = join(folder, 'data')
  const made = await run(['user', 'create', 'ada', '--administrator'], 'correct horse battery\n')
  expect(made).toMatchObject({ code: 0, out: 'Made the user ada.\n' })
})

afterAll(() => rm(folder, { recursive: true }))

/** Runs a command as an operator does: in a process of its own. */
async function run(
  words: readonly string[],
  input = '',
  where = data,
): Promise<{ readonly code: number | null; readonly out: string; readonly problem: string }> {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TOUCHSTONE_')),
  )
  const child = spawn(process.execPath, [MAIN, ...words, '--data', where], {
    env: { ...environment, TZ: 'America/Toronto' },
  })
  child.stdin.end(input)
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, problem] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, out, problem }
}

it('backs up, refuses to overwrite, and restores elsewhere', async () => {
  const file = join(folder, 'site.tar.gz')
  const written = await run(['backup', file, '--json'])
  expect(written.code).toBe(0)
  expect(JSON.parse(written.out)).toMatchObject({ file, hasInstanceKey: true, files: 0 })
  expect(written.problem).toContain('Copying the database\n')
  expect((await run(['backup', file])).problem).toBe(`${file} exists already.\n`)

  const other = join(folder, 'other')
  const restored = await run(['restore', file], '', other)
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('Restored the backup of') })
  expect((await run(['restore', file], '', other)).code).toBe(1)
  const again = await run(['restore', file, '--force', '--json'], '', other)
  expect(JSON.parse(again.out)).toMatchObject({ earlier: expect.stringContaining('before-restore-') })
  expect((await run(['user', 'token', 'ada'], '', other)).out).toMatch(/^[0-9a-f]{40}\n$/)
  await writeFile(join(folder, 'junk'), 'junk')
  const junk = await run(['restore', join(folder, 'junk')], '', join(folder, 'third'))
  expect(junk).toMatchObject({ code: 1, problem: 'The archive is damaged or was cut off.\n' })
})

it('exports a record to standard output and into a file', async () => {
  const listed = await run(['export', 'access.user'])
  expect(listed.code).toBe(0)
  expect(listed.out.split('\r\n')[1]).toMatch(/^1,ada,/)
  const out = join(folder, 'users.xlsx')
  expect((await run(['export', 'access.user', '--format', 'xlsx', '--out', out])).out).toBe(
    `Wrote 1 rows to ${out}.\n`,
  )
  expect((await readFile(out)).subarray(0, 2).toString()).toBe('PK')
  const unknown = await run(['export', 'access.nobody'])
  expect(unknown).toMatchObject({ code: 1, problem: expect.stringContaining('access.user\n') })
  expect((await run(['export', 'access.user', '--format', 'ods'])).code).toBe(2)
})

it('changes the zone with a warning, and says what it is', async () => {
  expect((await run(['site', 'zone'])).out).toBe('America/Toronto\n')
  const changed = await run(['site', 'zone', 'Europe/Berlin'])
  expect(changed).toMatchObject({ code: 0, out: expect.stringContaining('Restart every server') })
  expect((await run(['site', 'zone'])).out).toBe('Europe/Berlin\n')
  expect((await run(['site', 'zone', 'Mars'])).code).toBe(1)
})

it('lists the background work', async () => {
  const { code, out } = await run(['jobs', '--json'])
  expect(code).toBe(0)
  const kinds = (JSON.parse(out) as { kind: string }[]).map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['audit.seal', 'notifications.send']))
})

it('says how it is used when it is used wrongly', async () => {
  expect(await run(['backup'])).toMatchObject({
    code: 2,
    problem: 'Name the file to write.\nusage: touchstone backup FILE [--json]\n',
  })
  expect((await run(['restore', '--nonsense'])).code).toBe(2)
  for (const words of [
    ['migrate', 'more'],
    ['site', 'zone', 'UTC', 'more'],
    ['backup', 'a', 'more'],
  ])
    expect(await run(words)).toMatchObject({
      code: 2,
      problem: expect.stringContaining('"more" is one word too many.'),
    })
  expect((await run(['nonsense'])).code).toBe(2)
  expect(await readdir(data)).not.toContain('backups')
})
