import { hasPermission } from '../../../core/actor.ts'
import { EVERYTHING } from '../../../core/query.ts'
import { listRecords } from '../../records/list-records.ts'
import type { DocumentKind } from '../../reports/document-kind.ts'
import { client } from '../records/client.ts'
import { SEES_ALL_CLIENTS } from '../records/object-fields.ts'

/** Clients that one person may be a contact of. */
const MOST_CLIENTS = 1000

/** Certificates of analysis; clients see their own. They are issued by publishing, not by hand. */
export const CERTIFICATE_DOCUMENT: DocumentKind = {
  kind: 'lims.certificate',
  title: 'Certificate of analysis',
  prefix: 'COA',
  issuePermission: 'lims.sample.publish',
  audience: async (ctx) => {
    if (!hasPermission(ctx.actor, 'lims.access')) return 'none'
    if (hasPermission(ctx.actor, SEES_ALL_CLIENTS)) return 'all'
    const query = { where: EVERYTHING, order: [], limit: MOST_CLIENTS, offset: 0 }
    const { rows } = await listRecords(ctx, client, query, { total: 'none', relations: 'none' })
    return rows.map(({ id }) => clientScope(id))
  },
}

/** Whose a certificate is. */
export function clientScope(clientId: number): string {
  return `client:${clientId}`
}
