import type { Context } from '../../context.ts'
import { findReferredContents } from './store/files.ts'

/** Which of the contents research data still refers to: the sweep of orphans asks every module. */
export function findResearchContents(ctx: Context, sha256: readonly string[]): Promise<ReadonlySet<string>> {
  return findReferredContents(ctx.db, sha256)
}
