import type { Context } from '../../../context.ts'
import { allowedTransitions } from '../../../modules/lims/allowed-transitions.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { Surroundings } from '../surroundings.ts'
import type { WireField, WireType } from '../types/wire-types.ts'
import { formatZopeDate } from '../wire/zope-dates.ts'
import { catalogKeys } from './catalog-keys.ts'
import { computedKeys } from './computed-keys.ts'
import { extraKeys } from './extra-keys.ts'
import type { Found } from './find-objects.ts'
import { idsIn, loadRelated, samplesOf } from './load-related.ts'
import { presentValue } from './present-value.ts'
import type { Presenting, PresentOptions, WireObject } from './presenting.ts'
import { stateKeys } from './state-keys.ts'

/** Objects as `read` answers them, in their order; every type on the page is looked up at once. */
export async function presentFound(
  ctx: Context,
  around: Surroundings,
  found: readonly Found[],
  options: PresentOptions,
): Promise<readonly WireObject[]> {
  const presented = new Map<AnyRow, WireObject>()
  for (const [wire, group] of Map.groupBy(found, (each) => each.wire)) {
    const rows = group.map(({ row }) => row)
    const objects = await presentObjects(ctx, around, wire, rows, options)
    for (const [index, row] of rows.entries()) presented.set(row, objects[index] ?? {})
  }
  return found.map(({ row }) => presented.get(row) ?? {})
}

export async function presentObjects(
  ctx: Context,
  around: Surroundings,
  wire: WireType,
  rows: readonly AnyRow[],
  options: PresentOptions,
): Promise<readonly WireObject[]> {
  if (rows.length === 0) return []
  const { include } = options
  const wants = (name: string) => include === undefined || include.has(name)
  const isWanted = ({ name }: WireField) =>
    wants(name) || wants(`${name}_uid`) || wants(`${name}_title`) || wants(`${name}_iso`)
  const fields = [...wire.fields.values()].filter(isWanted)
  const samples =
    wire.type.type === 'AnalysisRequest' ? await samplesOf(ctx, wire, rows) : new Map<number, AnyRow>()
  const sourceOf = (row: AnyRow, { on }: WireField): AnyRow =>
    on === 'sample' ? (samples.get(Number(row.sample)) ?? row) : row
  const needed = [...wire.fields.values()].filter(
    ({ target }) => target !== undefined && (include === undefined || include.size > 0),
  )
  const related = await loadRelated(
    ctx,
    rows.flatMap((row) => needed.map((field) => ({ field, row: sourceOf(row, field) }))),
    wire,
  )
  const presenting: Presenting = {
    ctx,
    around,
    wire,
    options,
    related,
    samples,
    wants,
    present: presentObjects,
  }
  const [extras, moves] = await Promise.all([
    extraKeys(presenting, rows),
    wants('transitions') ? allowedTransitions(ctx, wire.record, rows) : undefined,
  ])
  return rows.map((row) => {
    const values = Object.assign(
      {},
      ...fields.map((field) => fieldKeys(presenting, field, sourceOf(row, field))),
    ) as WireObject
    const listed = {
      ...commonKeys(presenting, row),
      ...catalogKeys(presenting, row),
      ...stateKeys(wire.record, row),
      ...computedKeys(presenting, row),
    }
    return {
      ...Object.fromEntries(
        Object.entries({ ...listed, ...values }).filter(
          ([name]) => wants(name) || isSuffixed(wire, wants, name),
        ),
      ),
      path: `/${around.site}${String(row.path)}`,
      ...extras.get(row.id),
      ...(moves ? { transitions: moves.get(row.id) ?? [] } : {}),
    }
  })
}

/** `Client_uid` comes along where `Client` is asked for. */
function isSuffixed(wire: WireType, wants: (name: string) => boolean, name: string): boolean {
  const base = name.replace(/_(uid|title)$/, '')
  return base !== name && wire.fields.has(base) && wants(base)
}

function fieldKeys(
  { ctx, related, options, wants, wire }: Presenting,
  field: WireField,
  row: AnyRow,
): WireObject {
  const { name, kind, target } = field
  const value = row[field.field]
  if (target === undefined) {
    const iso = wants(`${name}_iso`) && options.include !== undefined && kind === 'instant'
    return {
      [name]: presentValue(kind, value, ctx.zone),
      ...(iso ? { [`${name}_iso`]: value instanceof Date ? value.toISOString() : null } : {}),
    }
  }
  const titleField = target.startsWith('access.') ? 'username' : wire.recordNamed(target).titleField
  const found = idsIn(value).flatMap((id) => related.get(target)?.get(id) ?? [])
  const uids = found.map((each) => String(each.uid ?? each.id))
  const titles = found.map((each) => String(each[titleField] ?? ''))
  const plain = options.references === 'title' ? titles : uids
  if (kind === 'references') return { [name]: plain, [`${name}_uid`]: uids, [`${name}_title`]: titles }
  if (uids.length === 0) return { [name]: null }
  return { [name]: plain[0], [`${name}_uid`]: uids[0], [`${name}_title`]: titles[0] }
}

/** What the base schema of every type has. */
function commonKeys({ ctx, wire, options }: Presenting, row: AnyRow): WireObject {
  const title = String(row[wire.record.titleField] ?? '')
  const date = (value: unknown) => (value instanceof Date ? formatZopeDate(value, ctx.zone) : null)
  if (options.include !== undefined && options.include.size === 0) return {}
  return {
    id: row.objectId,
    title,
    description: row.description ?? '',
    creation_date: date(row.createdAt),
    modification_date: date(row.modifiedAt),
    subject: [],
    creators: [],
    contributors: [],
    language: '',
    rights: '',
    location: '',
    effectiveDate: null,
    expirationDate: null,
    allowDiscussion: false,
  }
}
