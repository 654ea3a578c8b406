import { type Context, requirePermission } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { findRecords } from '../../records/list-records.ts'
import { request } from '../records/request.ts'
import { type CertifiedSample, findCertified } from '../store/certificates.ts'

/** The certificates that report a sample, the oldest first. @throws RefusedError `not-found` outside the actor's scope */
export async function listCertificates(ctx: Context, requestId: number): Promise<readonly CertifiedSample[]> {
  requirePermission(ctx, 'lims.access')
  const [row] = await findRecords(ctx, request, [requestId])
  if (!row) throw new RefusedError({ kind: 'not-found', what: 'sample', id: requestId })
  return findCertified(ctx.db, { requestIds: [row.id] })
}
