import type { Context } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { requireUser } from '../access/acting-as.ts'
import { findUserSettings, saveUserSettings } from './store/user-settings.ts'

const LONGEST = 100_000

/** What a client keeps for the signed-in user. */
export async function ownSettings(ctx: Context): Promise<unknown> {
  return JSON.parse(await findUserSettings(ctx.db, requireUser(ctx).id))
}

export async function saveOwnSettings(
  ctx: Context,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const text = JSON.stringify(settings)
  if (text.length > LONGEST) throw invalidInput('', `Settings have ${LONGEST} characters at most.`)
  await saveUserSettings(ctx.db, requireUser(ctx).id, text)
}
