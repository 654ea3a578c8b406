import type { Readable } from 'node:stream'
import type { Context } from '../../context.ts'
import type { DocumentKinds } from './document-kind.ts'
import type { IssuedDocument } from './domain/document.ts'
import { getDocument } from './list-documents.ts'

/** An issued document with its bytes, as they were issued. @throws RefusedError `not-found` */
export async function openDocument(
  ctx: Context,
  kinds: DocumentKinds,
  id: number,
): Promise<{ readonly document: IssuedDocument; readonly content: Readable }> {
  const document = await getDocument(ctx, kinds, id)
  return { document, content: await ctx.blobs.open(document.sha256) }
}
