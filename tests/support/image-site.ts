import type { InjectOptions } from 'fastify'
import { type App, createApp } from '../../src/app.ts'
import { asSystem } from '../../src/context.ts'
import { compare } from '../../src/core/query.ts'
import { createToken } from '../../src/modules/access/create-token.ts'
import { createUser } from '../../src/modules/access/create-user.ts'
import { groupRecord } from '../../src/modules/access/records/group.ts'
import { permissionRecord } from '../../src/modules/access/records/permission.ts'
import { listRecords } from '../../src/modules/records/list-records.ts'
import { createRecord } from '../../src/modules/records/save-record.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { SettingKey } from '../../src/settings.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite, removeSitePlace } from './make-site.ts'

export type Person = { readonly id: number; readonly auth: string; readonly groupIds: readonly number[] }

/** A site with people who have tokens, for tests of the image store over HTTP. */
export type ImageSite = {
  readonly site: Site
  readonly app: App
  /** somebody new in the groups of these names, which are made when there are none */
  readonly makePerson: (username: string, groups: readonly string[]) => Promise<Person>
  readonly ask: (
    method: NonNullable<InjectOptions['method']>,
    url: string,
    as?: Person,
    more?: Pick<InjectOptions, 'payload' | 'headers' | 'remoteAddress'>,
  ) => Promise<{
    readonly status: number
    readonly headers: Readonly<Record<string, unknown>>
    readonly bytes: Buffer
    readonly json: () => ReturnType<typeof JSON.parse>
  }>
  /** lets somebody do all that the image store knows, in a group of their own */
  readonly grantAll: (person: Person) => Promise<void>
  /** lets somebody see and download studies, and no more */
  readonly grantView: (person: Person) => Promise<void>
  readonly auditEntries: () => Promise<readonly AuditRow[]>
  readonly close: () => Promise<void>
}

type AuditRow = { readonly action: string; readonly after: string | null; readonly record_id: string }

export async function makeImageSite(
  kind: DatabaseKind,
  settings: Partial<Record<SettingKey, string>> = {},
): Promise<ImageSite> {
  const place = await makeSitePlace(kind)
  const site = await openTestSite(place, { settings })
  const app = await createApp(site, { demo: false })
  const ctx = asSystem(site.base, 'test')

  async function groupIds(names: readonly string[]): Promise<readonly number[]> {
    const page = { where: compare('name', 'in', names), order: [], limit: 20, offset: 0 }
    const { rows } = await listRecords(ctx, groupRecord, page, { total: 'none', relations: 'none' })
    const known = new Map(rows.map((row) => [String(row.name), row.id]))
    const ids: number[] = []
    for (const name of names) ids.push(known.get(name) ?? (await createRecord(ctx, groupRecord, { name })).id)
    return ids
  }

  async function grant(userId: number, verbs: readonly string[]): Promise<void> {
    const codes = verbs.map((verb) => `dicom.study.${verb}`)
    const page = { where: compare('code', 'in', codes), order: [], limit: 20, offset: 0 }
    const { rows } = await listRecords(ctx, permissionRecord, page, { total: 'none', relations: 'none' })
    const permissions = rows.map((row) => row.id)
    await createRecord(ctx, groupRecord, { name: `${verbs} of ${userId}`, permissions, users: [userId] })
  }

  return {
    site,
    app,
    async makePerson(username, groups) {
      const ids = await groupIds(groups)
      const { id } = await createUser(ctx, site.access, { username, groups: ids })
      const { token } = await createToken(ctx, { userId: id, name: 'test' })
      return { id, auth: `Token ${token}`, groupIds: ids }
    },
    async ask(method, url, as, { payload, headers, remoteAddress } = {}) {
      const answer = await app.server.inject({
        method,
        url,
        headers: { ...(as ? { authorization: as.auth } : {}), ...headers },
        ...(payload === undefined ? {} : { payload }),
        ...(remoteAddress === undefined ? {} : { remoteAddress }),
      })
      return {
        status: answer.statusCode,
        headers: answer.headers,
        bytes: answer.rawPayload,
        json: () => answer.json(),
      }
    },
    grantAll: ({ id }) => grant(id, ['view', 'view-all', 'store', 'export', 'delete']),
    grantView: ({ id }) => grant(id, ['view', 'export']),
    async auditEntries() {
      return site.base.db
        .withTables<{ audit_entry: AuditRow }>()
        .selectFrom('audit_entry')
        .select(['action', 'after', 'record_id'])
        .where('action', 'like', 'dicom.study.%')
        .execute()
    },
    async close() {
      await app.stop()
      await site.close()
      await removeSitePlace(place)
    },
  }
}

/** A form of files and fields as `ask` sends it. */
export async function formOf(
  parts: readonly (readonly [name: string, value: string | File])[],
): Promise<Pick<InjectOptions, 'payload' | 'headers'>> {
  const form = new FormData()
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, value.name)
  }
  const response = new Response(form)
  return {
    payload: Buffer.from(await response.arrayBuffer()),
    headers: { 'content-type': response.headers.get('content-type') ?? '' },
  }
}

export function fileOf(name: string, content: Uint8Array): File {
  return new File([new Uint8Array(content)], name)
}
