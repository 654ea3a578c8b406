import { type Context, requirePermission } from '../../context.ts'
import { auditListing } from './audit-reading.ts'
import type { ImageSearch } from './domain/search-attributes.ts'
import type { StoredInstance, StoredSeries, StoredStudy } from './domain/stored-study.ts'
import { studyScope } from './domain/study-scope.ts'
import { SEE_STUDIES } from './permissions.ts'
import { countMatches, searchInstances, searchSeries, searchStudies } from './store/search-images.ts'
import { findModels } from './store/studies.ts'

/** What a search found: a study, and of a deeper search what is in it. */
export type FoundImage = {
  readonly study: StoredStudy
  readonly series?: StoredSeries
  readonly instance?: StoredInstance
}

export type FoundImages = {
  readonly found: readonly FoundImage[]
  /** that are not on this page but behind it */
  readonly remaining: number
}

/** Studies, series or instances that the caller sees and that match. */
export async function searchImages(ctx: Context, search: ImageSearch): Promise<FoundImages> {
  requirePermission(ctx, SEE_STUDIES)
  const scope = studyScope(ctx.actor)
  const find =
    search.level === 'study' ? searchStudies : search.level === 'series' ? searchSeries : searchInstances
  const found: readonly FoundImage[] = await find(ctx.db, scope, search)
  await auditListing(ctx, [...new Set(found.map(({ study }) => study.uid))])
  if (found.length < search.limit) return { found, remaining: 0 }
  const total = await countMatches(ctx.db, scope, search)
  return { found, remaining: Math.max(0, total - search.offset - found.length) }
}

/** The models of instances that were found, as JSON, by id. */
export function readModels(
  ctx: Context,
  instanceIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  requirePermission(ctx, SEE_STUDIES)
  return findModels(ctx.db, instanceIds)
}
