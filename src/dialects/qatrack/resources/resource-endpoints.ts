import type { Catalogue } from '../../../platform/records/catalogue.ts'
import type { Endpoint, Exchange, Method } from '../endpoint.ts'
import { permissionFor } from '../methods.ts'
import { MOST_RESULTS } from '../wire/pagination.ts'
import { getResource, listResource } from './list-resource.ts'
import type { WireResource } from './wire-resource.ts'

/** The two addresses of a resource, for reading. */
export function resourceEndpoints(
  catalogue: Catalogue,
  resources: ReadonlyMap<string, WireResource>,
  resource: WireResource,
): readonly [list: Endpoint, detail: Endpoint] {
  const record = catalogue.get(resource.record)
  const shared = {
    description: resource.description || (record.description ?? ''),
    permission: (method: Method) => permissionFor(method, record),
    following: 'head-and-options' as const,
    resource,
  }
  return [
    {
      ...shared,
      path: resource.path,
      title: `${resource.title} List`,
      kind: 'list',
      handlers: {
        get: async (exchange) => ({
          body: await listResource(exchange, resources, resource, exchange.parameters, mostOf(exchange)),
        }),
      },
    },
    {
      ...shared,
      path: `${resource.path}/:id`,
      title: `${resource.title} Instance`,
      kind: 'detail',
      handlers: {
        get: async (exchange) => ({ body: await getResource(exchange, resource, exchange.id) }),
      },
    },
  ]
}

/** A page that people look at holds less than one that a program reads. */
const MOST_FOR_PEOPLE = 500

function mostOf({ request }: Exchange): number {
  return request.qatrack?.rendering.kind === 'html' ? MOST_FOR_PEOPLE : MOST_RESULTS
}
