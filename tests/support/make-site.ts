import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { readConfig } from '../../src/config.ts'
import type { CalculationEngine } from '../../src/modules/calculations/engine.ts'
import { createPasswordHashing } from '../../src/platform/crypto/password-hash.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import { testRun } from '../../src/platform/database/test-run.ts'
import { makeTestDatabase } from '../../src/platform/database/testing.ts'
import type { SettingKey } from '../../src/settings.ts'
import { MIGRATIONS, openSite, type Site } from '../../src/site.ts'

/** Where a test site keeps its data: what the command line needs to open the same site again. */
export type SitePlace = {
  readonly kind: DatabaseKind
  /** data folder */
  readonly data: string
  /** settings that lead to the site, for another process */
  readonly environment: Readonly<Record<string, string>>
}

const SECRET = '5'.repeat(64)

/** A migrated, empty site on either database, not open yet. */
export async function makeSitePlace(kind: DatabaseKind): Promise<SitePlace> {
  const database = await makeTestDatabase(kind, MIGRATIONS)
  const data = database.kind === 'sqlite' ? dirname(database.file) : await makeDataFolder()
  return {
    kind,
    data,
    environment: {
      TOUCHSTONE_DATA: data,
      TOUCHSTONE_TIMEZONE: 'America/Toronto',
      TOUCHSTONE_INSTANCE_SECRET: SECRET,
      TOUCHSTONE_LOG_LEVEL: 'error',
      ...(database.kind === 'postgres' ? { TOUCHSTONE_DATABASE_URL: database.url } : {}),
    },
  }
}

/** Far too cheap for anything but tests. */
const QUICK_PASSWORDS = createPasswordHashing({ memoryKib: 64, passes: 1, lanes: 1 })

export type TestSiteOptions = {
  /** the clock of the machine unless given */
  readonly now?: () => Date
  readonly settings?: Partial<Record<SettingKey, string>>
  /** an engine that several sites share, so that Python starts once; its owner closes it */
  readonly calculations?: CalculationEngine
}

/** Opens a site of a test in this process. */
export async function openTestSite(place: SitePlace, options: TestSiteOptions = {}): Promise<Site> {
  const site = await openSite(readConfig(options.settings ?? {}, place.environment))
  const { now = site.base.now } = options
  return {
    ...site,
    ...(options.calculations ? { calculations: options.calculations } : {}),
    base: { ...site.base, now },
    access: { ...site.access, passwords: QUICK_PASSWORDS },
  }
}

/** In the folder of the run of the tests, with which it is removed. */
async function makeDataFolder(): Promise<string> {
  return mkdtemp(join((await testRun()).folder, 'site-'))
}

/** Another site with the same content, which must be closed meanwhile. */
export async function cloneSitePlace(place: SitePlace): Promise<SitePlace> {
  const data = await makeDataFolder()
  await cp(place.data, data, { recursive: true })
  const url = place.environment.TOUCHSTONE_DATABASE_URL
  const database = url === undefined ? {} : { TOUCHSTONE_DATABASE_URL: await cloneTestDatabase(url) }
  return { kind: place.kind, data, environment: { ...place.environment, TOUCHSTONE_DATA: data, ...database } }
}

async function cloneTestDatabase(url: string): Promise<string> {
  const name = `site_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(Object.assign(new URL(url), { pathname: '/postgres' }).href)
  await client.connect()
  try {
    await client.query(
      `create database ${name} template ${new URL(url).pathname.slice(1)} strategy file_copy`,
    )
  } finally {
    await client.end()
  }
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

/** Removes a site early; the rest goes with the run. */
export async function removeSitePlace({ data }: SitePlace): Promise<void> {
  await rm(data, { recursive: true, force: true })
}
