import type { Context } from '../../context.ts'
import { requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import { fullNameOf } from '../access/domain/account.ts'
import { findAccount } from '../access/find-account.ts'
import { OVERVIEW_ID, objectOf, textsOf } from './domain/report-tree.ts'
import { EDIT_ENTITIES, EDIT_REPORTS } from './permissions.ts'
import type { Quality } from './quality.ts'
import { findItem } from './store/items.ts'

/** Whoever makes a change, as the changelog names people. */
export type Author = { readonly id: number | null; readonly name: string; readonly email: string }

export async function authorOf(ctx: Context, { access }: Quality): Promise<Author> {
  const { actor } = ctx
  if (actor.kind !== 'user') return { id: null, name: 'An operator', email: '' }
  const account = await findAccount(ctx, access, actor.id)
  return {
    id: actor.id,
    name: (account && fullNameOf(account)) || actor.username,
    email: account?.email ?? '',
  }
}

type Level = 'edit_reports' | 'edit_entities'
const PERMISSION: Readonly<Record<Level, string>> = {
  edit_reports: EDIT_REPORTS,
  edit_entities: EDIT_ENTITIES,
}

/**
 * Refuses unless the actor may edit: by permission, and where the overview names people, as one of them. An
 * administrator always may, so that a list cannot lock everybody out.
 */
export async function requireEditor(ctx: Context, quality: Quality, level: Level): Promise<void> {
  requirePermission(ctx, PERMISSION[level])
  if (ctx.actor.kind !== 'user' || ctx.actor.isAdministrator) return
  const named = await namedEditors(ctx, level)
  if (named.length === 0 || named.includes(ctx.actor.username)) return
  const { email } = await authorOf(ctx, quality)
  if (email !== '' && named.includes(email)) return
  throw new RefusedError({ kind: 'not-permitted', permission: PERMISSION[level] })
}

/** Whether the actor may edit, for pages that show what can be changed. */
export async function mayEdit(ctx: Context, quality: Quality, level: Level): Promise<boolean> {
  if (!hasPermission(ctx.actor, PERMISSION[level])) return false
  try {
    await requireEditor(ctx, quality, level)
    return true
  } catch (error) {
    if (error instanceof RefusedError) return false
    throw error
  }
}

async function namedEditors(ctx: Context, level: Level): Promise<readonly string[]> {
  const overview = await findItem(ctx.db, OVERVIEW_ID)
  return textsOf(objectOf(overview?.attributes.permissions), level)
}
