import { NOT_FOUND, WireError } from '../../../platform/http/wire-error.ts'
import type { Endpoint, Method } from '../endpoint.ts'
import { isRead } from '../methods.ts'
import { getContentType, listContentTypes } from './content-type-resource.ts'
import { presentRoot, presentSubRoot, SUB_ROOTS } from './roots.ts'

const READING = { following: 'head-and-options' } as const

/** `/api/` and the address of each of its parts; the parts are open to anybody. */
export function rootEndpoints(): readonly Endpoint[] {
  const whole: Endpoint = {
    ...READING,
    path: '',
    title: 'All Api Roots',
    description: 'The parts of the API.',
    kind: 'root',
    permission: () => 'machine-qa.access',
    handlers: { get: async ({ links }) => ({ body: presentRoot(links) }) },
  }
  const parts = Object.keys(SUB_ROOTS).map(
    (part): Endpoint => ({
      ...READING,
      path: part,
      title: 'Api Root',
      description: `The resources of ${part}.`,
      kind: 'root',
      permission: () => 'open',
      handlers: { get: async ({ links }) => ({ body: presentSubRoot(links, part) }) },
    }),
  )
  return [whole, ...parts]
}

/** `/api/contenttypes/contenttypes/`: kinds of objects, which are no rows of the database here. */
export function contentTypeEndpoints(): readonly Endpoint[] {
  const path = 'contenttypes/contenttypes'
  const shared = {
    ...READING,
    description: 'Kinds of objects.',
    permission: (method: Method) => (isRead(method) ? 'machine-qa.access' : 'machine-qa.content-type.write'),
  }
  return [
    {
      ...shared,
      path,
      title: 'Content Type List',
      kind: 'list',
      handlers: { get: async ({ links, parameters }) => ({ body: listContentTypes(links, parameters) }) },
    },
    {
      ...shared,
      path: `${path}/:id`,
      title: 'Content Type Instance',
      kind: 'detail',
      handlers: {
        get: async ({ links, id }) => {
          const found = getContentType(links, id)
          if (!found) throw new WireError(404, NOT_FOUND)
          return { body: found }
        },
      },
    },
  ]
}
