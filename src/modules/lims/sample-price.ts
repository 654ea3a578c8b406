import type { Context } from '../../context.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { attachReferences } from '../records/attach-references.ts'
import { findRecords } from '../records/list-records.ts'
import { type Charge, type PriceTotals, totalPrice } from './domain/price.ts'
import { limsSettings } from './lims-settings.ts'
import { profile } from './records/profile.ts'

export type SamplePrice = PriceTotals & { readonly currency: string }

/** What is charged by service id; profiles with a price of their own replace their services. */
export async function samplePrice(
  ctx: Context,
  client: AnyRow | undefined,
  profileIds: readonly number[],
  charges: ReadonlyMap<number, Charge>,
): Promise<SamplePrice> {
  const settings = await limsSettings(ctx)
  const profiles = (
    await attachReferences(ctx.db, profile, await findRecords(ctx, profile, profileIds))
  ).filter((row) => row.useAnalysisProfilePrice === true)
  const covered = new Set(profiles.flatMap((row) => row.service as readonly number[]))
  const all = [
    ...[...charges].flatMap(([id, charge]) => (covered.has(id) ? [] : [charge])),
    ...profiles.map(
      (row): Charge => ({
        price: Number(row.analysisProfilePrice),
        vatPercent: Number(row.analysisProfileVat),
      }),
    ),
  ]
  const discount = client?.memberDiscountApplies === true ? settings.memberDiscount : 0
  return { currency: settings.currency, ...totalPrice(all, discount ?? 0) }
}
