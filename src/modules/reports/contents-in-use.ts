import type { Context } from '../../context.ts'
import { findNamedContents } from './store/documents.ts'

/** Which of the contents issued documents and runs of reports name: the sweep of orphans asks every module. */
export function findReportContentsInUse(
  ctx: Context,
  sha256: readonly string[],
): Promise<ReadonlySet<string>> {
  return findNamedContents(ctx.db, sha256)
}
