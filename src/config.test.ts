import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError, maskedConfig, readConfig } from './config.ts'
import { SETTINGS } from './settings.ts'

const folders: string[] = []

function folderWith(settings?: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-config-'))
  folders.push(folder)
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings)
  if (settings !== undefined) writeFileSync(join(folder, 'touchstone.json'), text)
  return folder
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

function problemsOf(...given: Parameters<typeof readConfig>): string[] {
  try {
    readConfig(...given)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message.split('\n').slice(1)
  }
}

describe('readConfig', () => {
  it('takes the command line before the environment, that before the file, that before the default', () => {
    const data = folderWith({ TOUCHSTONE_PORT: 3, TOUCHSTONE_SITE_NAME: 'file', TOUCHSTONE_HOST: 'file' })
    const environment = { TOUCHSTONE_DATA: data, TOUCHSTONE_PORT: '2', TOUCHSTONE_SITE_NAME: 'environment' }
    const { port, siteName, host, logLevel } = readConfig({ port: '1' }, environment)
    expect({ port, siteName, host, logLevel }).toEqual({
      port: 1,
      siteName: 'environment',
      host: 'file',
      logLevel: 'info',
    })
  })

  it('has a default for everything, and nothing changes it afterwards', () => {
    const config = readConfig({}, {})
    expect(config).toMatchObject({
      data: resolve('data'),
      port: 8080,
      trustedProxies: [],
      throttlePerMinute: 0,
    })
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({}, { TOUCHSTONE_PORT: '', TOUCHSTONE_DATA: '' })).toMatchObject({
      port: 8080,
      data: resolve('data'),
    })
  })

  it('reads lists', () => {
    const { trustedProxies } = readConfig({}, { TOUCHSTONE_TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ,,loopback' })
    expect(trustedProxies).toEqual(['10.0.0.0/8', '::1', 'loopback'])
  })

  const BAD: readonly [string, string][] = [
    ['TOUCHSTONE_PORT', '65536'],
    ['TOUCHSTONE_PORT', '-1'],
    ['TOUCHSTONE_PORT', '80.5'],
    ['TOUCHSTONE_PORT', '0x50'],
    ['TOUCHSTONE_READERS', '0'],
    ['TOUCHSTONE_PUBLIC_URL', 'qa.example.org'],
    ['TOUCHSTONE_PUBLIC_URL', 'https://qa.example.org/'],
    ['TOUCHSTONE_PUBLIC_URL', 'https://user:secret@qa.example.org'],
    ['TOUCHSTONE_TIMEZONE', 'Europe/Nowhere'],
    ['TOUCHSTONE_DATABASE_URL', 'mysql://db'],
    ['TOUCHSTONE_LOG_LEVEL', 'loud'],
    ['TOUCHSTONE_INSTANCE_SECRET', 'abc'],
    ['TOUCHSTONE_SMTP_URL', 'mail.example.org'],
    ['TOUCHSTONE_S3_ENDPOINT', 'storage'],
    ['TOUCHSTONE_TRUSTED_PROXIES', '10.0.0.0/99'],
    ['TOUCHSTONE_TRUSTED_PROXIES', 'proxy'],
  ]
  it.each(BAD)('refuses %s=%s, naming it and no secret', (name, value) => {
    const problems = problemsOf({}, { [name]: value, TOUCHSTONE_S3_BUCKET: 'b' })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(name)
    if (name.endsWith('SECRET')) expect(problems[0]).not.toContain(value)
  })

  it('lists every contradiction at once', () => {
    const environment = Object.fromEntries(BAD.toReversed())
    const names = new Set(BAD.map(([name]) => name))
    const problems = problemsOf(
      {},
      { ...environment, TOUCHSTONE_S3_BUCKET: 'b', TOUCHSTONE_S3_ACCESS_KEY: 'k' },
    )
    expect(problems).toHaveLength(names.size + 1)
  })

  it.each([
    ['unknown settings', { TOUCHSTONE_PROT: 1, constructor: 2 }, 2],
    ['the folder that it lies in', { TOUCHSTONE_DATA: '/elsewhere' }, 1],
    ['what is no value', { TOUCHSTONE_PORT: null, TOUCHSTONE_HOST: {} }, 2],
    ['a list', [], 1],
    ['null', 'null', 1],
    ['what is no JSON', '{', 1],
    ['nothing', '', 1],
  ])('refuses in touchstone.json %s', (_what, settings, count) => {
    const data = folderWith(settings)
    const problems = problemsOf({ data }, {})
    expect(problems).toHaveLength(count)
    for (const problem of problems) expect(problem).toContain(join(data, 'touchstone.json'))
  })

  it('takes lists and booleans of JSON', () => {
    const data = folderWith({ TOUCHSTONE_TRUSTED_PROXIES: ['10.0.0.1', '::1'], TOUCHSTONE_READERS: 3 })
    expect(readConfig({ data }, {})).toMatchObject({ trustedProxies: ['10.0.0.1', '::1'], readers: 3 })
  })
})

describe('maskedConfig', () => {
  it('shows every setting and no secret', () => {
    const secrets = {
      TOUCHSTONE_DATABASE_URL: 'postgres://user:hunter2@db/x',
      TOUCHSTONE_INSTANCE_SECRET: 'a'.repeat(64),
      TOUCHSTONE_SMTP_URL: 'smtp://user:hunter2@mail',
      TOUCHSTONE_S3_ACCESS_KEY: 'key',
      TOUCHSTONE_S3_SECRET_KEY: 'hunter2',
      TOUCHSTONE_S3_BUCKET: 'b',
    }
    const shown = maskedConfig(readConfig({}, secrets))
    expect(Object.keys(shown).toSorted()).toEqual(
      Object.values(SETTINGS)
        .map(({ name }) => name)
        .toSorted(),
    )
    expect(JSON.stringify(shown)).not.toMatch(/hunter2|aaaa/)
    expect(shown).toMatchObject({ TOUCHSTONE_DATABASE_URL: '********', TOUCHSTONE_S3_BUCKET: 'b' })
    expect(maskedConfig(readConfig({}, {}))).toMatchObject({ TOUCHSTONE_DATABASE_URL: '' })
  })
})
