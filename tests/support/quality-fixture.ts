import { asSystem, type Context } from '../../src/context.ts'
import { compare } from '../../src/core/query.ts'
import { qualityOf } from '../../src/declared-quality.ts'
import { createUser } from '../../src/modules/access/create-user.ts'
import { groupRecord } from '../../src/modules/access/records/group.ts'
import { asUser } from '../../src/modules/access/testing.ts'
import { recordReading } from '../../src/modules/quality/collector/measure-metric.ts'
import type { SourceReading } from '../../src/modules/quality/domain/measurement.ts'
import { parseOrderedJson } from '../../src/modules/quality/domain/ordered-json.ts'
import { readReportFile } from '../../src/modules/quality/domain/read-report-file.ts'
import { storeReport } from '../../src/modules/quality/import-report.ts'
import type { Quality } from '../../src/modules/quality/quality.ts'
import { listRecords } from '../../src/modules/records/list-records.ts'
import type { Site } from '../../src/site.ts'

/** Who uses the fixture's site; everybody's password is `secret`. */
export const QUALITY_ROLES = {
  admin: { isAdministrator: true, groups: [] },
  jadoe: { groups: ['Quality report editors', 'Quality entity editors'] },
  editor: { groups: ['Quality report editors'] },
  judge: { groups: ['Quality entity editors'] },
  reader: { groups: ['Quality readers'] },
  outsider: { groups: [] },
} as const satisfies Readonly<
  Record<string, { readonly isAdministrator?: boolean; readonly groups: readonly string[] }>
>

export type QualityRole = keyof typeof QUALITY_ROLES

/** Ids that are the same on every run. */
export const REPORT = '00000000-0000-4000-8000-00000000000a'
export const HIDDEN = '00000000-0000-4000-8000-00000000000b'
export const VIOLATIONS = '00000000-0000-4000-8000-000000000011'
export const TESTS = '00000000-0000-4000-8000-000000000012'
export const SARIF = '00000000-0000-4000-8000-000000000021'

/** As text: an object would not keep the order of ids that look like numbers. */
const FILE = `{
  "report_uuid": "${REPORT}",
  "title": "Release",
  "subtitle": "What ships next",
  "issue_tracker": {"type": "jira", "parameters": {"url": "https://jira.example.org", "password": "tracker secret"}},
  "subjects": {
    "10": {"type": "software", "name": "Software", "metrics": {
      "${VIOLATIONS}": {"type": "violations", "tags": ["security"], "target": "0", "near_target": "10", "sources": {
        "${SARIF}": {"type": "sarif_json", "parameters": {
          "url": "https://ci.example.org/report.sarif", "password": "secret word"}}}},
      "${TESTS}": {"type": "tests", "tags": ["test quality"], "sources": {}}}},
    "2": {"type": "process", "metrics": {}}}}`

/** Makes the users, one public report with a measured metric, and one that only signed-in people see. */
export async function fillQualitySite(
  site: Site,
): Promise<{ readonly users: Readonly<Record<QualityRole, number>>; readonly quality: Quality }> {
  const ctx = asSystem(site.base, 'test')
  const quality = qualityOf(site, () => [])
  const users = await makeUsers(ctx, site)
  const editor = await asUser(site.base, users.jadoe)
  await storeReport(editor, quality, readReportFile(parseOrderedJson(FILE)), 'public')
  const hidden = { report_uuid: HIDDEN, title: 'Internal', subjects: {} }
  await storeReport(editor, quality, readReportFile(parseOrderedJson(JSON.stringify(hidden))), 'signed-in')
  await recordReading(ctx, VIOLATIONS, { sources: [reading()], issues: [], parameterHash: 'first' })
  return { users, quality }
}

/** What the one source of the measured metric said. */
export function reading(parts: Partial<SourceReading> = {}): SourceReading {
  return {
    sourceId: SARIF,
    value: '12',
    total: '100',
    entities: [
      { key: 'rule-1', message: 'Too long', level: 'warning' },
      { key: 'rule-2', message: 'Unused', level: 'error' },
    ],
    judgements: {},
    connectionError: null,
    parseError: null,
    infoMessage: null,
    apiUrl: 'https://ci.example.org/report.sarif',
    landingUrl: 'https://ci.example.org/report.sarif',
    ...parts,
  }
}

async function makeUsers(ctx: Context, site: Site): Promise<Readonly<Record<QualityRole, number>>> {
  const made: [string, number][] = []
  for (const [username, role] of Object.entries(QUALITY_ROLES)) {
    const page = { where: compare('name', 'in', role.groups), order: [], limit: 9, offset: 0 }
    const { rows } = await listRecords(ctx, groupRecord, page, { total: 'none', relations: 'none' })
    const user = {
      username,
      password: 'secret',
      email: `${username}@example.org`,
      firstName: username,
      lastName: 'Test',
      isAdministrator: 'isAdministrator' in role,
      groups: role.groups.length === 0 ? [] : rows.map(({ id }) => id),
    }
    const { id } = await createUser(ctx, site.access, user, { password: 'unchecked' })
    made.push([username, id])
  }
  return Object.fromEntries(made) as Record<QualityRole, number>
}
