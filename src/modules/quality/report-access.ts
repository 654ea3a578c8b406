import { randomBytes } from 'node:crypto'
import { type Context, inTransaction } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { requireEditor } from './author.ts'
import type { Visibility } from './domain/visibility.ts'
import type { Quality } from './quality.ts'
import {
  findLinks,
  findReaders,
  insertLink,
  type ReportLink,
  revokeLink,
  saveVisibility,
} from './store/reports.ts'
import { requireVisibleReport } from './visible-reports.ts'

/** Who may see a report. */
export type ReportReaders = {
  readonly visibility: Visibility
  readonly userIds: readonly number[]
  readonly groupIds: readonly number[]
}

export async function findReportReaders(
  ctx: Context,
  quality: Quality,
  reportId: string,
): Promise<ReportReaders> {
  await requireEditor(ctx, quality, 'edit_reports')
  const { visibility } = await requireVisibleReport(ctx, reportId)
  return { visibility, ...(await findReaders(ctx.db, reportId)) }
}

/** Says who may see a report. Its owner and administrators always may. */
export async function saveReportReaders(
  ctx: Context,
  quality: Quality,
  reportId: string,
  after: ReportReaders,
): Promise<void> {
  const before = await findReportReaders(ctx, quality, reportId)
  await inTransaction(ctx, async (tx) => {
    await saveVisibility(tx.db, reportId, after.visibility, after)
    await recordAudit(tx, {
      action: 'quality.report.change-readers',
      record: 'quality.report',
      recordId: reportId,
      before,
      after,
    })
  })
}

export async function listReportLinks(
  ctx: Context,
  quality: Quality,
  reportId: string,
): Promise<readonly ReportLink[]> {
  await requireEditor(ctx, quality, 'edit_reports')
  await requireVisibleReport(ctx, reportId)
  return findLinks(ctx.db, reportId)
}

/** Makes a link that opens a report for reading without an account. @returns its secret, which is kept nowhere */
export async function makeReportLink(
  ctx: Context,
  quality: Quality,
  { reportId, name }: { readonly reportId: string; readonly name: string },
): Promise<{ readonly id: number; readonly secret: string }> {
  await requireEditor(ctx, quality, 'edit_reports')
  await requireVisibleReport(ctx, reportId)
  const secret = randomBytes(24).toString('base64url')
  return inTransaction(ctx, async (tx) => {
    const id = await insertLink(tx.db, {
      reportId,
      name,
      secretHash: hashSecret(secret),
      at: tx.now(),
      userId: actingUserId(tx.actor),
    })
    await recordAudit(tx, {
      action: 'quality.link.create',
      record: 'quality.link',
      recordId: id,
      after: { reportId, name },
    })
    return { id, secret }
  })
}

/** Closes a link for good. @throws RefusedError `not-found` */
export async function revokeReportLink(
  ctx: Context,
  quality: Quality,
  reportId: string,
  id: number,
): Promise<void> {
  await requireEditor(ctx, quality, 'edit_reports')
  await requireVisibleReport(ctx, reportId)
  await inTransaction(ctx, async (tx) => {
    if (!(await revokeLink(tx.db, reportId, id, tx.now())))
      throw new RefusedError({ kind: 'not-found', what: 'link', id })
    await recordAudit(tx, { action: 'quality.link.revoke', record: 'quality.link', recordId: id })
  })
}
