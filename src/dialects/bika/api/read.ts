import { limsSettings } from '../../../modules/lims/lims-settings.ts'
import { authenticatorOf } from '../authenticate.ts'
import type { Call, Endpoint } from '../endpoint.ts'
import { type Parameters, textOf, textsOf } from '../wire/parameters.ts'
import { WireError } from '../wire-error.ts'
import { findFound, readQuery } from './find-objects.ts'
import { presentFound } from './present-objects.ts'

const USUAL_PAGE = 10
const WHOLE = 1_000_000

/** `read`: one page of what a catalog finds. @see specification 1.7 */
export const read: Endpoint = async (call) => {
  const { ctx, around, parameters, request } = call
  const query = readQuery(around, parameters)
  const page = pageOf(parameters)
  const first = await findFound(ctx, around, query, page)
  // a page beyond the end is the first one again; one that begins at the end is empty
  const beyond = page.offset > first.total
  const { found, total } = beyond ? await findFound(ctx, around, query, { ...page, offset: 0 }) : first
  const offset = beyond ? 0 : page.offset
  const objects = await presentFound(ctx, around, found, {
    include: includedFields(parameters),
    references: await referenceForm(call),
    catalog: query.catalog,
  })
  return {
    _authenticator: authenticatorOf(request, around.access),
    total_objects: total,
    first_object_nr: offset,
    last_object_nr: offset + objects.length,
    objects,
  }
}

/** @throws WireError for a page that is no number */
export function pageOf(parameters: Parameters): { readonly offset: number; readonly size: number } {
  const given = textOf(parameters, 'page_nr') ?? '0'
  if (!/^\s*[+-]?\d{1,9}\s*$/.test(given))
    throw new WireError(`invalid literal for int() with base 10: '${given}'`)
  const number = Math.max(Number(given), 0)
  const wanted = textOf(parameters, 'page_size')
  const size = wanted !== undefined && /^\s*\d{1,9}\s*$/.test(wanted) ? Number(wanted) : USUAL_PAGE
  return size === 0 ? { offset: 0, size: WHOLE } : { offset: number * size, size }
}

/** The names that are asked for, however they are listed. */
export function includedFields(parameters: Parameters): ReadonlySet<string> | undefined {
  const given = parameters.get('include_fields')
  const names = [...textsOf(given), ...textsOf(parameters.get('include_methods'))]
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.length === 0 || given === undefined ? undefined : new Set(names)
}

async function referenceForm({ ctx, parameters }: Call): Promise<'uid' | 'title'> {
  const given = textOf(parameters, 'reference_values')
  if (given === 'title' || given === 'uid') return given
  return (await limsSettings(ctx)).referenceValues === 'title' ? 'title' : 'uid'
}
