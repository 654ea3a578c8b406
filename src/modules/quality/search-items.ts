import type { Context } from '../../context.ts'
import { isSecretParameter } from './domain/catalogue/catalogue.ts'
import { canonical } from './domain/next-measurement.ts'
import { type ItemKind, objectOf } from './domain/report-tree.ts'
import { isSealed } from './sealed-parameters.ts'
import { findItemsOfKind, type StoredItem } from './store/items.ts'
import { visibleReports } from './visible-reports.ts'

/**
 * The items whose attribute, or parameter in the case of sources, has exactly a value. Secrets are never compared.
 *
 * @returns their ids
 */
export async function searchItems(
  ctx: Context,
  {
    kind,
    attribute,
    value,
  }: { readonly kind: Exclude<ItemKind, 'overview'>; readonly attribute: string; readonly value: unknown },
): Promise<readonly string[]> {
  const visible = (await visibleReports(ctx)).filter(({ deletedAt }) => deletedAt === null)
  const items = await findItemsOfKind(
    ctx.db,
    kind,
    visible.map(({ id }) => id),
  )
  const wanted = canonical(value ?? null)
  return items.filter((item) => hasValue(item, attribute, wanted)).map(({ id }) => id)
}

function hasValue({ kind, attributes }: StoredItem, attribute: string, wanted: string): boolean {
  const parameters = kind === 'source' ? objectOf(attributes.parameters) : {}
  if (Object.hasOwn(parameters, attribute) && !isSecretParameter(attributes.type, attribute)) {
    return canonical(parameters[attribute]) === wanted
  }
  if (!Object.hasOwn(attributes, attribute) || isSealed(attributes[attribute])) return false
  if (attribute === 'parameters' || attribute === 'issue_tracker') return false
  return canonical(attributes[attribute]) === wanted
}
