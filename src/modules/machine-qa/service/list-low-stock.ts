import { type Context, requirePermission } from '../../../context.ts'
import { findLowParts, type LowPart } from '../store/stock.ts'

const MOST_PARTS = 1000

/** Parts in use of which fewer are left than should be, the scarcest first. */
export async function listLowStock(ctx: Context): Promise<readonly LowPart[]> {
  requirePermission(ctx, 'machine-qa.part.view')
  return findLowParts(ctx.inTransaction ? ctx.db : ctx.database.reader, MOST_PARTS)
}
