import { type Context, requirePermission } from '../../context.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { attachReferences } from '../records/attach-references.ts'
import { findRecords } from '../records/list-records.ts'
import type { ResultRange } from './domain/result-range.ts'
import { profile } from './records/profile.ts'
import type { NewRequest } from './registering/new-request.ts'
import { planRequest } from './registering/plan-request.ts'
import { type SamplePrice, samplePrice } from './sample-price.ts'

export type RegistrationPlan = {
  readonly services: readonly {
    readonly row: AnyRow
    readonly category: string
    readonly price: number
    readonly because: 'asked' | 'profile' | 'template' | 'needed'
    readonly range: ResultRange | undefined
  }[]
  readonly specification: AnyRow | undefined
  readonly price: SamplePrice
}

/** What registering a sample would make, and what it would cost; stores nothing. */
export async function planRegistration(ctx: Context, given: NewRequest): Promise<RegistrationPlan> {
  requirePermission(ctx, 'lims.sample.register')
  const plan = await planRequest(ctx, given)
  const asked = new Set(given.services ?? [])
  const profiles = await attachReferences(ctx.db, profile, await findRecords(ctx, profile, plan.profiles))
  const ofProfiles = new Set(profiles.flatMap((row) => row.service as readonly number[]))
  const needed = new Set(plan.services.flatMap(({ needs }) => needs))
  const bulk = plan.client.bulkDiscount === true
  const priceOf = (row: AnyRow) => Number(bulk ? row.bulkPrice : row.price)
  const reason = (id: number) =>
    asked.has(id) ? 'asked' : ofProfiles.has(id) ? 'profile' : needed.has(id) ? 'needed' : 'template'
  return {
    services: plan.services.map(({ row, snapshot }) => ({
      row,
      category: snapshot.categoryTitle,
      price: priceOf(row),
      because: reason(row.id),
      range: plan.resultsRange.find(({ keyword }) => keyword === snapshot.keyword),
    })),
    specification: plan.specification,
    price: await samplePrice(
      ctx,
      plan.client,
      plan.profiles,
      new Map(plan.services.map(({ row }) => [row.id, { price: priceOf(row), vatPercent: Number(row.vat) }])),
    ),
  }
}
