import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadInstanceSecret, parseInstanceSecret } from './instance-secret.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'instance-secret-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the instance secret', () => {
  it('is made once and read back afterwards', async () => {
    const first = await loadInstanceSecret(folder)
    expect(first.length).toBe(32)
    expect(await loadInstanceSecret(folder)).toEqual(first)
  })

  it('makes the data folder where there is none', async () => {
    expect((await loadInstanceSecret(join(folder, 'new', 'data'))).length).toBe(32)
  })

  it('is the same for processes that start at once, and leaves no other file behind', async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => loadInstanceSecret(folder)))
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1)
    expect(await readdir(folder)).toEqual(['instance.key'])
  })

  it.skipIf(process.platform === 'win32')('is readable by its owner only', async () => {
    await loadInstanceSecret(folder)
    expect((await stat(join(folder, 'instance.key'))).mode & 0o777).toBe(0o600)
  })

  it('refuses a damaged file instead of making a new secret', async () => {
    await writeFile(join(folder, 'instance.key'), 'not a key')
    await expect(loadInstanceSecret(folder)).rejects.toThrow('64 hexadecimal digits')
  })
})

describe('a configured instance secret', () => {
  it('is 64 hexadecimal digits', () => {
    expect(parseInstanceSecret(` ${'0A'.repeat(32)}\n`)).toEqual(Buffer.alloc(32, 10))
  })

  it.each(['', 'ab', 'g'.repeat(64), '0'.repeat(63)])('refuses %j without repeating it', (text) => {
    expect(() => parseInstanceSecret(text)).toThrow('An instance secret is written as 64 hexadecimal digits.')
  })
})
