import type { Catalogue } from '../../../platform/records/catalogue.ts'
import { type Endpoint, handlerOf, type Method } from '../endpoint.ts'
import { bodySchema, componentName } from './components.ts'
import type { Schema } from './field-schema.ts'
import { listParameters } from './parameters.ts'

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The operations of one address. */
export function pathItem(catalogue: Catalogue, endpoint: Endpoint, spelling: 'qa' | 'qc'): Schema {
  const offered = METHODS.filter((method) => handlerOf(endpoint, method) !== undefined)
  const shared =
    endpoint.kind === 'detail'
      ? { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }] }
      : {}
  return {
    ...shared,
    ...Object.fromEntries(
      offered.map((method) => [method.toLowerCase(), operation(catalogue, endpoint, method, spelling)]),
    ),
  }
}

function operation(catalogue: Catalogue, endpoint: Endpoint, method: Method, spelling: 'qa' | 'qc'): Schema {
  const { resource, kind, path, description, writes = [] } = endpoint
  const takesBody = method === 'POST' || method === 'PUT' || method === 'PATCH'
  return {
    operationId: operationId(endpoint, method) + (spelling === 'qc' ? '_qc' : ''),
    tags: [path.split('/')[0]],
    ...(description === '' ? {} : { description }),
    ...(method === 'GET' && kind === 'list' && resource
      ? { parameters: listParameters(catalogue, resource) }
      : {}),
    ...(takesBody
      ? { requestBody: { content: { 'application/json': { schema: requestSchema(writes, method) } } } }
      : {}),
    ...(endpoint.permission(method) === 'open' ? { security: [{}, { token: [] }] } : {}),
    responses: responses(endpoint, method),
  }
}

/** `listTestLists`, `retrieveTestList`, `createGroup` …: verb and resource. */
function operationId({ path, title, kind }: Endpoint, method: Method): string {
  const noun =
    kind === 'list' || kind === 'detail' ? componentName(title.replace(/ (List|Instance)$/, '')) : ''
  const other = path.replace(/(?:^|[/_])(\w)/g, (_all, letter: string) => letter.toUpperCase())
  switch (method) {
    case 'POST':
      return `create${noun || other}`
    case 'PUT':
      return `update${noun}`
    case 'PATCH':
      return `partialUpdate${noun}`
    case 'DELETE':
      return `destroy${noun}`
    default:
      return kind === 'list' ? `list${noun}s` : `retrieve${noun || other || 'Root'}`
  }
}

function requestSchema(writes: Endpoint['writes'] & object, method: Method): Schema {
  const schema = writes.length === 0 ? { type: 'object' } : bodySchema(writes)
  return method === 'PATCH' ? { ...schema, required: undefined } : schema
}

function responses(endpoint: Endpoint, method: Method): Schema {
  if (method === 'DELETE') return { 204: { description: 'Deleted.' } }
  const status = method === 'POST' && endpoint.kind === 'list' ? 201 : 200
  const content = { 'application/json': { schema: answerSchema(endpoint, method) } }
  const refusals = method === 'GET' ? {} : { 400: { description: 'What is wrong, by field.' } }
  return { [status]: { description: '', content }, ...refusals }
}

function answerSchema({ resource, kind, path }: Endpoint, method: Method): Schema {
  if (!resource) return kind === 'root' ? { type: 'object', additionalProperties: { type: 'string' } } : {}
  const name = componentName(resource.title)
  if (method !== 'GET') return path.startsWith('qa/testlistinstances') ? ref('PerformedSession') : ref(name)
  if (kind === 'detail') return ref(name)
  return {
    type: 'object',
    properties: {
      count: { type: 'integer' },
      next: { type: 'string', format: 'uri', nullable: true },
      previous: { type: 'string', format: 'uri', nullable: true },
      results: { type: 'array', items: ref(resource.detailFields ? `${name}List` : name) },
    },
  }
}

function ref(component: string): Schema {
  return { $ref: `#/components/schemas/${component}` }
}
