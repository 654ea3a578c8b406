import type { Catalogue } from '../../../platform/records/catalogue.ts'
import type { Endpoint, Method } from '../endpoint.ts'
import { permissionFor } from '../methods.ts'
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
          body: await listResource(exchange, resources, resource, exchange.parameters),
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
