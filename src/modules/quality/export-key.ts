import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Context } from '../../context.ts'
import { openSecret, sealSecret } from '../../platform/crypto/seal-secret.ts'
import type { Quality } from './quality.ts'
import { findExportKey, insertExportKey } from './store/export-keys.ts'

const PURPOSE = 'quality.export-key'
const BITS = 4096

/**
 * The public key with which others encrypt credentials for this installation, as PEM; made when it is first asked for.
 * Several servers may make one at the same time: the first stored is everybody's.
 */
export async function publicExportKey(ctx: Context, quality: Quality): Promise<string> {
  const found = await findExportKey(ctx.db)
  if (found) return found.publicKey
  const made = await promisify(generateKeyPair)('rsa', {
    modulusLength: BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  await storeExportKey(ctx, quality, made)
  return (await findExportKey(ctx.db))?.publicKey ?? made.publicKey
}

/** Keeps a pair of keys, unless the installation has one. */
export async function storeExportKey(
  ctx: Context,
  { access }: Quality,
  pair: { readonly publicKey: string; readonly privateKey: string },
): Promise<void> {
  const privateKeySealed = sealSecret(access.keys, pair.privateKey, PURPOSE)
  await insertExportKey(ctx.db, { publicKey: pair.publicKey, privateKeySealed }, ctx.now())
}

/** What opens credentials that were encrypted for this installation. */
export async function privateExportKey(ctx: Context, quality: Quality): Promise<KeyObject> {
  await publicExportKey(ctx, quality)
  const found = await findExportKey(ctx.db)
  if (!found) throw new Error('the export key was just made')
  return createPrivateKey(openSecret(quality.access.keys, found.privateKeySealed, PURPOSE))
}

export async function ownPublicKey(ctx: Context, quality: Quality): Promise<KeyObject> {
  return createPublicKey(await publicExportKey(ctx, quality))
}
