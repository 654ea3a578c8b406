import type { Context } from '../../context.ts'
import { createToken } from '../../modules/access/create-token.ts'
import { listTokens } from '../../modules/access/list-tokens.ts'
import { optionalInstant, requiredText } from './body-fields.ts'

const LONGEST_NAME = 100

/** Tokens of a user as our own API shows them: everything but their secrets. */
export async function presentTokens(ctx: Context, userId: number) {
  const tokens = await listTokens(ctx, userId)
  return tokens.map(({ id, name, isShownAgain, createdAt, expiresAt, lastUsedAt }) => ({
    id,
    name,
    isShownAgain,
    createdAt,
    expiresAt,
    lastUsedAt,
  }))
}

/** Makes a named token of a user and shows its secret, this once. */
export async function makeToken(ctx: Context, userId: number, body: Readonly<Record<string, unknown>>) {
  const name = requiredText(body, 'name', LONGEST_NAME)
  const expiresAt = optionalInstant(body, 'expiresAt')
  const { tokenId, token } = await createToken(ctx, { userId, name, expiresAt })
  const made = (await presentTokens(ctx, userId)).find(({ id }) => id === tokenId)
  return { ...made, secret: token }
}
