import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { compare } from '../../core/query.ts'
import { definePermissions } from '../../modules/access/domain/permission.ts'
import { groupRecord } from '../../modules/access/records/group.ts'
import { permissionRecord } from '../../modules/access/records/permission.ts'
import { startSession } from '../../modules/access/start-session.ts'
import { syncPermissions } from '../../modules/access/sync-permissions.ts'
import { asUser, makeAccess, makeUser } from '../../modules/access/testing.ts'
import { openImageFiles } from '../../modules/dicom/image-files.ts'
import { makeNotifications } from '../../modules/notifications/testing.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import { makeResearchServices } from '../../modules/research/testing.ts'
import { createServer, type HttpServer } from '../../platform/http/create-server.ts'
import { type Dialect, dialectPart } from '../../platform/http/dialect.ts'
import { openMailer } from '../../platform/mail/open-mailer.ts'
import { parseOutgoingRules } from '../../platform/outgoing/outgoing-rules.ts'
import { createNativeDialect, type NativeServices } from './dialect.ts'
import { ownsNative } from './owns.ts'

/** The answer of a request, its JSON read. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly text: string
  readonly bytes: Buffer
}

/** The native API over a context, asked in process. */
export type NativeTestServer = {
  readonly server: HttpServer
  /** cookies of a user, for what `ask` cannot send */
  cookiesOf(id: number): Promise<Record<string, string>>
  /** @param as id of the user whose session asks; nobody's when absent */
  ask(
    method: NonNullable<InjectOptions['method']>,
    path: string,
    as?: number,
    body?: unknown,
  ): Promise<Answer>
}

/** The native dialect with stand-ins for every service that a test gives none of. */
export function makeNativeDialect(
  { catalogue, zone }: Pick<Context, 'catalogue' | 'zone'>,
  parts: Partial<NativeServices> = {},
): Dialect {
  return createNativeDialect({
    access: makeAccess(),
    catalogue,
    calculations: NO_CALCULATIONS,
    site: { name: 'Test', zone, demo: false, version: '0' },
    notifications: parts.notifications ?? makeNotifications(NO_MAIL),
    reports: NO_REPORTS,
    images: openImageFiles({ folder: join(tmpdir(), 'touchstone-test-images'), largestUpload: 2 ** 20 }),
    quality: {
      access: makeAccess(),
      settings: { newVisibility: 'public', importVisibility: 'public', importWithoutCredentials: false },
      ownParts: {},
      outgoing: parseOutgoingRules([]).rules,
    },
    research: makeResearchServices(),
    jobs: [],
    search: [],
    forYou: [],
    ...parts,
  })
}

export async function openNativeServer(
  ctx: Context,
  parts: Partial<NativeServices> = {},
): Promise<NativeTestServer> {
  const access = parts.access ?? makeAccess()
  const native = makeNativeDialect(ctx, { ...parts, access })
  const config = readConfig({ logLevel: 'silent' }, {})
  const server = createServer(config, { ...ctx, actor: { kind: 'anonymous' } }, [
    dialectPart('native', ownsNative, async () => native),
  ])
  const cookies = new Map<number, string>()

  async function cookieOf(userId: number): Promise<string> {
    const known = cookies.get(userId)
    if (known !== undefined) return known
    const { secret } = await startSession(await asUser(ctx, userId), access, {})
    cookies.set(userId, secret)
    return secret
  }

  return {
    server,
    cookiesOf: async (id) => ({ touchstone_session: await cookieOf(id) }),
    ask: async (method, path, as, body) => {
      const answer = await server.inject({
        method,
        url: path,
        ...(as === undefined ? {} : { cookies: { touchstone_session: await cookieOf(as) } }),
        ...(body === undefined ? {} : { payload: JSON.stringify(body), headers: JSON_TYPE }),
      })
      const isJson = String(answer.headers['content-type']).includes('json')
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: isJson ? answer.json() : undefined,
        text: answer.body,
        bytes: answer.rawPayload,
      }
    },
  }
}

/** Stands where a test calculates nothing. */
const NO_CALCULATIONS: NativeServices['calculations'] = {
  evaluate: () => Promise.reject(new Error('this test gave no calculation engine')),
  prepare: () => undefined,
}

/** No kind of report or document, and nobody who writes one. */
const NO_REPORTS: NativeServices['reports'] = {
  kinds: new Map(),
  documentKinds: new Map(),
  builder: {
    buildPdf: () => Promise.reject(new Error('this test gave no document builder')),
    buildLabels: () => Promise.reject(new Error('this test gave no document builder')),
  },
  siteName: 'Test',
}

/** Mails of tests that look at none. */
const NO_MAIL = openMailer({
  kind: 'folder',
  from: { address: 'qa@lab.example' },
  folder: join(tmpdir(), 'touchstone-test-mail'),
})

const JSON_TYPE = { 'content-type': 'application/json' }

/** Declares every permission that one of these tests hands out. */
export async function declarePermissions(ctx: Context, codes: readonly string[]): Promise<void> {
  const permissions = codes.flatMap((code) => {
    const [module = '', ...name] = code.split('.')
    return definePermissions(module, { [name.join('.')]: code })
  })
  await syncPermissions(ctx, { permissions, groups: [], grants: [] })
}

let groupsMade = 0

/** A new user who holds these permissions through a group of its own. */
export async function makeUserWith(
  ctx: Context,
  codes: readonly string[],
  isAdministrator = false,
): Promise<number> {
  const id = await makeUser(ctx, makeAccess(), { isAdministrator })
  groupsMade += 1
  const { rows } = await listRecords(ctx, permissionRecord, {
    where: compare('code', 'in', codes),
    order: [],
    limit: 100,
    offset: 0,
  })
  if (rows.length < codes.length) throw new Error('a permission is not declared')
  const permissions = rows.map((row) => row.id)
  await createRecord(ctx, groupRecord, { name: `group ${groupsMade}`, permissions, users: [id] })
  return id
}
