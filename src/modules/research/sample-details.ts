import type { Context } from '../../context.ts'
import { requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { fromCanonical } from '../../core/quantity/convert.ts'
import { canonicalQuantity, type Quantity } from '../../core/quantity/quantity.ts'
import { parseUnit } from '../../core/quantity/unit.ts'
import { equals } from '../../core/query.ts'
import { loadRecord } from '../records/get-record.ts'
import { listRecords } from '../records/list-records.ts'
import { type Experiment, experimentRecord } from './records/experiment.ts'
import { fileRecord, type ResearchFile } from './records/file.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import type { SampleType } from './records/sample-type.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import type { SampleTypeVersion } from './records/sample-type-version.ts'
import type { ResearchServices } from './research-services.ts'
import { getTypeVersion } from './sample-type-schema.ts'
import { findConsumed } from './store/runs.ts'
import { findRevisions, type Revision } from './store/samples.ts'
import { asExperiment, asFile, asSample, asSampleType } from './typed-row.ts'
import { writableInstitutes } from './write-scope.ts'

export type DetailsOfSample = {
  readonly sample: Sample
  readonly type: SampleType
  readonly version: SampleTypeVersion
  readonly parent: Sample | undefined
  readonly children: readonly Sample[]
  readonly experiments: readonly Experiment[]
  readonly files: readonly ResearchFile[]
  readonly revisions: readonly Revision[]
  readonly amountLeft: Quantity | null
  readonly mayChange: boolean
}

const MOST = 500

/** Everything that a page about one sample shows. @throws RefusedError `not-found` */
export async function getSampleDetails(
  ctx: Context,
  services: ResearchServices,
  id: number,
): Promise<DetailsOfSample> {
  requirePermission(ctx, 'research.access')
  const sample = asSample(await loadRecord(ctx, sampleRecord, id))
  const page = { order: [], limit: MOST, offset: 0 }
  const none = { total: 'none', relations: 'none' } as const
  const [type, version, children, experiments, files, revisions, consumed, writable] = await Promise.all([
    loadRecord(ctx, sampleTypeRecord, sample.sampleType),
    getTypeVersion(ctx, sample.typeVersion),
    listRecords(ctx, sampleRecord, { ...page, where: equals('parent', id) }, none),
    listRecords(ctx, experimentRecord, { ...page, where: equals('sample', id) }, none),
    listRecords(ctx, fileRecord, { ...page, where: equals('sample', id) }, none),
    findRevisions(ctx.db, id, 100),
    findConsumed(ctx.db, id),
    writableInstitutes(ctx, services),
  ])
  const parents =
    sample.parent === null
      ? []
      : (await listRecords(ctx, sampleRecord, { ...page, where: equals('id', sample.parent) }, none)).rows
  return {
    sample,
    type: asSampleType(type),
    version,
    parent: parents[0] && asSample(parents[0]),
    children: children.rows.map(asSample),
    experiments: experiments.rows.map(asExperiment),
    files: files.rows.map(asFile),
    revisions,
    amountLeft: amountLeft(sample.amount, consumed),
    mayChange:
      hasPermission(ctx.actor, 'research.sample.change') && (writable?.includes(sample.institute) ?? true),
  }
}

/** What was registered less what steps consumed, in the unit of registration. */
function amountLeft(amount: Quantity | null, consumed: readonly Quantity[]): Quantity | null {
  const registered = amount && canonicalQuantity(amount)
  const unit = amount && parseUnit(amount.unit)
  if (!registered || !unit || !amount) return null
  const taken = consumed.reduce((sum, each) => sum + (canonicalQuantity(each)?.value ?? 0), 0)
  const left = fromCanonical(registered.value - taken, unit)
  return { value: Number(left.toPrecision(12)), unit: amount.unit }
}
