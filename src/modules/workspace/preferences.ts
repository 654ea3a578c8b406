import { type Context, inTransaction } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { requireUser } from '../access/acting-as.ts'
import { countPreferences, deletePreference, findPreference, savePreference } from './store/preferences.ts'

const KEY = /^[a-z][a-z0-9]*([.:/-][a-z0-9]+)*$/
const LONGEST_KEY = 100
const MOST_BYTES = 16_384
const MOST_KEYS = 300

/** How the acting user wants something shown, as it was stored; null where nothing was chosen. */
export async function getPreference(ctx: Context, key: string): Promise<unknown> {
  const { id } = requireUser(ctx)
  requireKey(key)
  return (await findPreference(ctx.db, id, key)) ?? null
}

/**
 * Keeps how the acting user wants something shown: density, colour scheme, columns of a list. What it means only the
 * web application knows. It leaves no audit entry, since it says nothing about the laboratory.
 *
 * @param value any JSON of 16 KiB at most; null forgets it
 */
export async function setPreference(ctx: Context, key: string, value: unknown): Promise<void> {
  const { id } = requireUser(ctx)
  requireKey(key)
  if (value === undefined) throw invalidInput('value', 'This is required.')
  requireSmall(value)
  await inTransaction(ctx, async (tx) => {
    if (value === null) return deletePreference(tx.db, id, key)
    const others = await countPreferences(tx.db, id, key)
    if (others >= MOST_KEYS)
      throw new RefusedError({
        kind: 'quota-exceeded',
        resource: 'preferences',
        quota: MOST_KEYS,
        used: others,
      })
    return savePreference(tx.db, id, key, value, tx.now())
  })
}

function requireKey(key: string): void {
  if (key.length > LONGEST_KEY || !KEY.test(key))
    throw invalidInput('key', 'This must be words such as list.machine-qa.unit.columns.')
}

function requireSmall(value: unknown): void {
  const text = JSON.stringify(value)
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw invalidInput('value', `This takes more than ${MOST_BYTES} bytes.`)
  if (text.includes('\\u0000') || /\\ud[89a-f]/i.test(text))
    throw invalidInput('value', 'This holds characters that cannot be stored.')
}
