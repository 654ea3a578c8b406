import type { Context } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { type BoundedMap, boundedMap } from '../access/bounded-map.ts'
import { recordAudit } from '../audit/record-audit.ts'

/** What somebody reads of patients. */
export type Reading = 'read' | 'download' | 'deidentify'

/** A viewer asks for each frame: reading one study, or taking from it, is one entry in so long a time. */
const QUIET_MS = 15 * 60_000

/** Readings of this process that need no further entry yet, for each site. */
const recent = new WeakMap<DatabaseHandle, BoundedMap<string, number>>()

function recentOf({ database }: Context): BoundedMap<string, number> {
  const known = recent.get(database) ?? boundedMap(10_000)
  recent.set(database, known)
  return known
}

/** Records that the caller reads a study: UIDs only, never patient values. */
export async function auditReading(
  ctx: Context,
  reading: Reading,
  studyUid: string,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { actor, origin } = ctx
  const name = actor.kind === 'system' ? actor.name : String(actingUserId(actor))
  const key = `${name} ${origin.credential} ${origin.address ?? ''} ${reading} ${studyUid}`
  const now = ctx.now().getTime()
  const before = recentOf(ctx).get(key)
  if (reading !== 'deidentify' && before !== undefined && Math.abs(now - before) < QUIET_MS) return
  await recordAudit(ctx, {
    action: `dicom.study.${reading}`,
    record: 'dicom.study',
    recordId: studyUid,
    ...(Object.keys(facts).length > 0 ? { after: facts } : {}),
  })
  recentOf(ctx).set(key, now)
}

/** UIDs that one entry names; a list with more says how many there were. */
const MOST_UIDS = 100

/** Records that a list of studies was shown. */
export async function auditListing(ctx: Context, studyUids: readonly string[]): Promise<void> {
  if (studyUids.length === 0) return
  await recordAudit(ctx, {
    action: 'dicom.study.list',
    record: 'dicom.study',
    recordId: studyUids.length === 1 ? (studyUids[0] ?? '') : `${studyUids.length} studies`,
    after: { count: studyUids.length, studies: studyUids.slice(0, MOST_UIDS) },
  })
}
