import { type Context, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { auditListing, auditReading } from './audit-reading.ts'
import type { StoredInstance, StoredSeries, StoredStudy } from './domain/stored-study.ts'
import { studyScope } from './domain/study-scope.ts'
import { DELETE_STUDIES, SEE_STUDIES } from './permissions.ts'
import {
  findStudy,
  listInstancesOf,
  listModalities,
  listSeriesOf,
  listStudies,
  type StudyFilter,
  type StudyPage,
} from './store/studies.ts'
import { findStudyGroups, findUserNames, type NamedGroup } from './store/study-changes.ts'

/** A study with the names of who stored, sees and deleted it. */
export type ListedStudy = StoredStudy & {
  readonly groups: readonly NamedGroup[]
  readonly storedBy: { readonly id: number; readonly name: string } | null
  readonly deletedBy: string | null
}

export type StudyList = {
  readonly studies: readonly ListedStudy[]
  readonly total: number
  readonly modalities: readonly string[]
}

/** A page of the studies that the caller sees. The bin is for those who may delete. */
export async function findStudies(ctx: Context, filter: StudyFilter, page: StudyPage): Promise<StudyList> {
  requirePermission(ctx, SEE_STUDIES)
  if (filter.bin) requirePermission(ctx, DELETE_STUDIES)
  const scope = studyScope(ctx.actor)
  const [{ studies, total }, modalities] = await Promise.all([
    listStudies(ctx.db, scope, filter, page),
    listModalities(ctx.db, scope),
  ])
  await auditListing(
    ctx,
    studies.map(({ uid }) => uid),
  )
  return { studies: await withNames(ctx, studies), total, modalities }
}

async function withNames(ctx: Context, studies: readonly StoredStudy[]): Promise<readonly ListedStudy[]> {
  const people = studies.flatMap(({ storedById, deleted }) => [storedById, deleted?.byId ?? null])
  const [groups, names] = await Promise.all([
    findStudyGroups(
      ctx.db,
      studies.map(({ id }) => id),
    ),
    findUserNames(
      ctx.db,
      people.filter((id) => id !== null),
    ),
  ])
  return studies.map((study) => {
    const { storedById: id, deleted } = study
    const deletedById = deleted?.byId ?? null
    return {
      ...study,
      groups: groups.get(study.id) ?? [],
      storedBy: id === null ? null : { id, name: names.get(id) ?? '' },
      deletedBy: deletedById === null ? null : (names.get(deletedById) ?? null),
    }
  })
}

export type StudyDetails = {
  readonly study: ListedStudy
  readonly series: readonly (StoredSeries & { readonly instances: readonly StoredInstance[] })[]
}

/** A study with all that is in it. @throws RefusedError `not-found` also for what the caller does not see */
export async function getStudy(
  ctx: Context,
  uid: string,
  from: 'store' | 'bin' = 'store',
): Promise<StudyDetails> {
  requirePermission(ctx, SEE_STUDIES)
  if (from === 'bin') requirePermission(ctx, DELETE_STUDIES)
  const study = await requireStudy(ctx, uid, from)
  await auditReading(ctx, 'read', uid)
  const [[listed], series, instances] = await Promise.all([
    withNames(ctx, [study]),
    listSeriesOf(ctx.db, study.id),
    listInstancesOf(ctx.db, { studyId: study.id }),
  ])
  if (!listed) throw new Error('The study lost its names.')
  const bySeries = Map.groupBy(instances, ({ seriesId }) => seriesId)
  return { study: listed, series: series.map((one) => ({ ...one, instances: bySeries.get(one.id) ?? [] })) }
}

/** @throws RefusedError `not-found` also for what the caller does not see */
export async function requireStudy(
  ctx: Context,
  uid: string,
  from: 'store' | 'bin' = 'store',
): Promise<StoredStudy> {
  const study = await findStudy(ctx.db, uid, studyScope(ctx.actor), from)
  if (!study) throw new RefusedError({ kind: 'not-found', what: 'study', id: uid })
  return study
}
