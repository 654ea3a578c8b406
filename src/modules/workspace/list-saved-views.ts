import { type Context, requirePermission } from '../../context.ts'
import { requireUser } from '../access/acting-as.ts'
import type { SavedView } from './domain/saved-view.ts'
import { findSavedViews } from './store/saved-views.ts'

/**
 * The views of a list that the acting user has as tabs: own and shared ones, in the order of the tabs.
 *
 * @param list name of the list; the view permission of a declared record of that name is asked for
 */
export async function listSavedViews(ctx: Context, list: string): Promise<readonly SavedView[]> {
  const { id } = requireUser(ctx)
  requireListAccess(ctx, list)
  return findSavedViews(ctx.db, list, id)
}

/** Lists that are no declared records have no permission of their own: what a view says of them is a name. */
export function requireListAccess(ctx: Context, list: string): void {
  const record = ctx.catalogue.find(list)
  if (record) requirePermission(ctx, record.permissions.view)
}
