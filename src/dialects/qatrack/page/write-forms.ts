import type { FastifyRequest } from 'fastify'
import { csrfTokenOf } from '../../../modules/access/session-csrf.ts'
import { escapeHtml } from '../../../platform/html/escape-html.ts'
import { handlerOf, type Method, type WriteField } from '../endpoint.ts'
import type { Conversation } from '../exchange.ts'
import { mayAct } from '../methods.ts'
import { sentForm } from '../wire/parse-body.ts'

const TITLES: Readonly<Partial<Record<Method, string>>> = {
  POST: 'Add',
  PUT: 'Replace',
  PATCH: 'Change',
  DELETE: 'Delete',
}

/**
 * Forms for the methods that the caller may use with their session: JSON in a text field, sent by POST with the method
 * that is meant in the address, and the token that proves that this page was ours. A refused form keeps what it held.
 */
export function writeForms(request: FastifyRequest, conversation: Conversation, status: number): string {
  const { around, endpoint, sessionSecret } = conversation
  if (sessionSecret === undefined || status === 404) return ''
  const token = csrfTokenOf(around.access, sessionSecret)
  const methods = (['POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((method) => {
    const permission = endpoint.permission(method)
    return handlerOf(endpoint, method) !== undefined && (permission === 'open' || mayAct(request, permission))
  })
  const sent = status >= 400 ? sentForm(request)?._content : undefined
  return methods
    .map((method) => form(request, method, sent ?? template(endpoint.writes ?? [], method), token))
    .join('\n')
}

function form(request: FastifyRequest, method: Method, json: string, token: string): string {
  const [path = ''] = request.url.split('?', 1)
  const address = method === 'POST' ? path : `${path}?_method=${method}`
  const title = TITLES[method] ?? method
  const content =
    method === 'DELETE'
      ? ''
      : `<label>JSON<textarea name="_content" spellcheck="false">${escapeHtml(json)}</textarea></label>`
  return `<h2>${title}</h2><form method="post" action="${escapeHtml(address)}">
<input type="hidden" name="csrfmiddlewaretoken" value="${token}">${content}
<p><button>${title} (${method})</button></p></form>`
}

function template(fields: readonly WriteField[], method: Method): string {
  const shown = fields.filter(({ readOnly, required }) => !readOnly && (required || method === 'PUT'))
  return JSON.stringify(
    Object.fromEntries(shown.map(({ name, example = '' }) => [name, example])),
    undefined,
    4,
  )
}
