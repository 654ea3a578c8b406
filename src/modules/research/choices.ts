import { asSystem, type Context, requirePermission } from '../../context.ts'
import { all, compare, EVERYTHING, equals } from '../../core/query.ts'
import type { RecordType } from '../../core/record.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { equipment } from '../equipment/records/equipment.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { instituteRecord } from './records/institute.ts'
import { methodRecord } from './records/method.ts'
import { projectRecord } from './records/project.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { type SampleTypeVersion, sampleTypeVersionRecord } from './records/sample-type-version.ts'
import { staffRecord } from './records/staff.ts'
import { termRecord } from './records/term.ts'
import { vocabularyRecord } from './records/vocabulary.ts'
import type { ResearchServices } from './research-services.ts'
import { asTypeVersion } from './typed-row.ts'
import { writableInstitutes } from './write-scope.ts'

export type Choices = {
  readonly institutes: readonly AnyRow[]
  readonly projects: readonly AnyRow[]
  readonly methods: readonly AnyRow[]
  /** names of active staff: addresses are for those who may see them */
  readonly staff: readonly AnyRow[]
  readonly equipment: readonly AnyRow[]
  readonly sampleTypes: readonly { readonly type: AnyRow; readonly version: SampleTypeVersion }[]
  readonly vocabularies: readonly { readonly list: AnyRow; readonly terms: readonly AnyRow[] }[]
}

const MOST = 5000

/** What the forms of samples and experiments choose from, within what the actor may write. */
export async function findChoices(ctx: Context, services: ResearchServices): Promise<Choices> {
  requirePermission(ctx, 'research.access')
  const writable = await writableInstitutes(ctx, services)
  const inUse = compare('retiredAt', 'isnull', true)
  const rowsOf = async (from: Context, record: RecordType, where = inUse): Promise<readonly AnyRow[]> =>
    (
      await listRecords(
        from,
        record,
        { where, order: [], limit: MOST, offset: 0 },
        { total: 'none', relations: 'none' },
      )
    ).rows
  const system = asSystem(ctx, 'research')
  const [institutes, projects, methods, staff, machines, types, lists, terms] = await Promise.all([
    rowsOf(ctx, instituteRecord, writable ? all(inUse, compare('id', 'in', writable)) : inUse),
    rowsOf(ctx, projectRecord),
    rowsOf(ctx, methodRecord),
    rowsOf(system, staffRecord, all(inUse, equals('active', true))),
    rowsOf(system, equipment),
    rowsOf(ctx, sampleTypeRecord, all(inUse, compare('currentVersion', 'isnull', false))),
    rowsOf(ctx, vocabularyRecord),
    rowsOf(ctx, termRecord, all(inUse, EVERYTHING)),
  ])
  const versionIds = types.flatMap((type) =>
    typeof type.currentVersion === 'number' ? [type.currentVersion] : [],
  )
  const versions = new Map(
    (await findRecords(ctx, sampleTypeVersionRecord, versionIds)).map((row) => [row.id, asTypeVersion(row)]),
  )
  return {
    institutes,
    projects,
    methods,
    staff,
    equipment: machines,
    sampleTypes: types.flatMap((type) => {
      const version = versions.get(Number(type.currentVersion))
      return version ? [{ type, version }] : []
    }),
    vocabularies: lists.map((list) => ({ list, terms: terms.filter((term) => term.vocabulary === list.id) })),
  }
}
