import type { Context } from '../../context.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { parseOutgoingRules } from '../../platform/outgoing/outgoing-rules.ts'
import {
  asUser,
  makeAccess,
  makeAccessContext,
  makeClock,
  makeUser,
  QUICK_PASSWORDS,
} from '../access/testing.ts'
import type { SourceReading } from './domain/measurement.ts'
import { parseOrderedJson } from './domain/ordered-json.ts'
import { readReportFile } from './domain/read-report-file.ts'
import { type MetricItem, metricsOf, type ReportTree } from './domain/report-tree.ts'
import { importReport } from './import-report.ts'
import { loadReport } from './load-reports.ts'
import { EDIT_ENTITIES, EDIT_REPORTS, QUALITY_ACCESS } from './permissions.ts'
import type { Quality } from './quality.ts'

/** What the verbs need, with nothing behind it. */
export function makeQuality(parts: Partial<Quality> = {}): Quality {
  return {
    access: makeAccess({ passwords: QUICK_PASSWORDS }),
    settings: { newVisibility: 'public', importVisibility: 'public', importWithoutCredentials: false },
    ownParts: {},
    outgoing: parseOutgoingRules([], { allowLoopback: true }).rules,
    ...parts,
  }
}

export type QualityFixture = {
  readonly quality: Quality
  readonly clock: ReturnType<typeof makeClock>
  /** acts as the system */
  readonly system: Context
  /** edits and judges */
  readonly editor: Context
  /** only reads */
  readonly reader: Context
  readonly anonymous: Context
}

/** People around an empty overview, and a clock that moves when it is told to. */
export async function makeQualityFixture(
  database: DatabaseHandle,
  parts: Partial<Quality> = {},
): Promise<QualityFixture> {
  const clock = makeClock('2026-11-22T10:00:00.000Z')
  const quality = makeQuality(parts)
  const system = makeAccessContext(database, { now: clock.now })
  const person = async (...permissions: readonly string[]): Promise<Context> => {
    const ctx = await asUser(system, await makeUser(system, quality.access))
    return ctx.actor.kind === 'user'
      ? { ...ctx, actor: { ...ctx.actor, permissions: new Set(permissions) } }
      : ctx
  }
  return {
    quality,
    clock,
    system,
    editor: await person(QUALITY_ACCESS, EDIT_REPORTS, EDIT_ENTITIES),
    reader: await person(QUALITY_ACCESS),
    anonymous: { ...system, actor: { kind: 'anonymous' }, origin: { requestId: 'test', credential: 'none' } },
  }
}

const FILE = `{"title": "R", "subjects": {"9": {"type": "software", "name": "S", "metrics": {
  "7": {"type": "violations", "tags": ["security"], "sources": {"5": {"type": "sarif_json",
    "parameters": {"url": "https://x.example.org", "password": "secret word"}}}},
  "1": {"type": "tests", "sources": {"3": {"type": "junit", "parameters": {"url": "https://x.example.org"}},
    "2": {"type": "sarif_json", "parameters": {"url": "https://x.example.org"}}}}}},
  "4": {"type": "process", "metrics": {}}}}`

/** A report with two subjects, two metrics and three sources. */
export async function makeTestReport({ editor, quality }: QualityFixture): Promise<ReportTree> {
  const { reportId } = await importReport(editor, quality, readReportFile(parseOrderedJson(FILE)))
  return treeOf(editor, reportId)
}

export async function treeOf(ctx: Context, id: string, at?: Date): Promise<ReportTree> {
  const loaded = await loadReport(ctx, id, { at })
  if (!loaded) throw new Error(`there is no report ${id}`)
  return loaded.tree
}

/** The first metric of a report: violations from one source. */
export function firstMetric(tree: ReportTree): MetricItem {
  const [first] = metricsOf(tree)
  if (!first) throw new Error('this report has no metric')
  return first.metric
}

/** What a source said. */
export function makeReading({ sources }: MetricItem, parts: Partial<SourceReading> = {}): SourceReading {
  return {
    sourceId: sources[0]?.id ?? '',
    value: '12',
    total: '100',
    entities: [
      { key: 'a', message: 'A', level: 'error' },
      { key: 'b', message: 'B', level: 'note' },
    ],
    judgements: {},
    connectionError: null,
    parseError: null,
    infoMessage: null,
    apiUrl: null,
    landingUrl: null,
    ...parts,
  }
}
