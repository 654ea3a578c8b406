import { queryFields } from '../../../core/record.ts'
import type { Catalogue } from '../../../platform/records/catalogue.ts'
import { offeredLookups } from '../resources/field-condition.ts'
import type { WireFilter, WireResource } from '../resources/wire-resource.ts'
import { type Schema, schemaOfField } from './field-schema.ts'

/** Paging and the filters of a list as parameters of a query. */
export function listParameters(catalogue: Catalogue, resource: WireResource): readonly Schema[] {
  const { pageSize, fields, ordering = fields, filters } = resource
  return [
    parameter('limit', { type: 'integer', default: pageSize }, 'Results on a page.'),
    parameter('offset', { type: 'integer', default: 0 }, 'Results before the page.'),
    ...(ordering.length === 0
      ? []
      : [
          parameter(
            'ordering',
            { type: 'string' },
            `Of ${ordering.join(', ')}; -name for descending, commas between.`,
          ),
        ]),
    ...Object.entries(filters).flatMap(([name, filter]) =>
      filterParameters(catalogue, resource, name, filter),
    ),
  ]
}

function filterParameters(
  catalogue: Catalogue,
  resource: WireResource,
  name: string,
  filter: WireFilter,
): readonly Schema[] {
  if (filter.kind === 'own') return [parameter(name, { type: 'string' })]
  if (filter.kind === 'relation') {
    return [parameter(name, { type: 'integer' }, `Id; ${name}__… for any filter of ${filter.to}.`)]
  }
  const field = queryFields(catalogue.get(resource.record))[filter.field]
  const exact = field
    ? { ...schemaOfField(field), title: undefined, nullable: undefined }
    : { type: 'string' }
  const bounds = filter.lookups.split(' ').includes('mm') ? [`${name}_min`, `${name}_max`] : []
  return [
    ...offeredLookups(filter.lookups).map((lookup) =>
      lookup === 'exact' ? parameter(name, exact) : parameter(`${name}__${lookup}`, { type: 'string' }),
    ),
    ...bounds.map((bound) => parameter(bound, { type: 'string' })),
  ]
}

function parameter(name: string, schema: Schema, description?: string): Schema {
  return { name, in: 'query', required: false, ...(description === undefined ? {} : { description }), schema }
}
