/** Something that is charged: an analysis, or a profile with a price of its own. */
export type Charge = { readonly price: number; readonly vatPercent: number }

/** Amounts in the currency of the laboratory. */
export type PriceTotals = {
  readonly subtotal: number
  readonly discount: number
  readonly vat: number
  readonly total: number
}

/**
 * What a sample costs: VAT is that of each item, lowered by the same share as the discount.
 *
 * @see specification 2.2.10
 */
export function totalPrice(charges: readonly Charge[], discountPercent: number): PriceTotals {
  const subtotal = charges.reduce((sum, { price }) => sum + price, 0)
  const kept = 1 - discountPercent / 100
  const vat = charges.reduce((sum, { price, vatPercent }) => sum + (price * kept * vatPercent) / 100, 0)
  const discount = subtotal * (discountPercent / 100)
  return {
    subtotal: cents(subtotal),
    discount: cents(discount),
    vat: cents(vat),
    total: cents(subtotal - discount + vat),
  }
}

function cents(amount: number): number {
  return Math.round((amount + Number.EPSILON) * 100) / 100
}
