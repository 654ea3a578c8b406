import type { FastifyRequest } from 'fastify'
import { type Endpoint, handlerOf, type WriteField } from './endpoint.ts'
import { mayAct } from './methods.ts'

const RENDERS = ['application/json', 'text/html']
const PARSES = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']

/** The answer to OPTIONS: what an address is, and the fields that the caller may write there. */
export function describeEndpoint(endpoint: Endpoint, request: FastifyRequest) {
  const { title, description, permission, writes = [] } = endpoint
  const actions = (['PUT', 'POST'] as const).filter((method) => {
    const needed = permission(method)
    return handlerOf(endpoint, method) !== undefined && (needed === 'open' || mayAct(request, needed))
  })
  return {
    name: title,
    description,
    renders: RENDERS,
    parses: PARSES,
    ...(actions.length > 0 && writes.length > 0
      ? { actions: Object.fromEntries(actions.map((method) => [method, describeFields(writes)])) }
      : {}),
  }
}

function describeFields(fields: readonly WriteField[]) {
  return Object.fromEntries(
    fields.map(({ name, type, required, readOnly = false, label, help, maxLength }) => [
      name,
      {
        type,
        required: required && !readOnly,
        read_only: readOnly,
        label,
        ...(help === undefined ? {} : { help_text: help }),
        ...(maxLength === undefined ? {} : { max_length: maxLength }),
      },
    ]),
  )
}
