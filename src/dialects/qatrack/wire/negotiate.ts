import type { FastifyRequest } from 'fastify'
import { parametersOf } from './parameters.ts'

/** How an answer is written, and what stood behind the path (`/units.json`). */
export type Rendering =
  | { readonly kind: 'json'; readonly indent: number; readonly suffix: '' | '.json' }
  | { readonly kind: 'html'; readonly indent: number; readonly suffix: '' | '.api' }

export type Negotiated = Rendering | { readonly kind: 'unknown-format' } | { readonly kind: 'not-acceptable' }

type Range = {
  readonly type: string
  readonly quality: number
  readonly indent: number
  readonly order: number
}

const LONGEST_INDENT = 8

/** Chooses between JSON and the page for browsers by suffix, `?format=` and `Accept`, in this order. */
export function negotiate(request: FastifyRequest, suffix: string | undefined): Negotiated {
  if (suffix === 'json') return { kind: 'json', indent: indentOf(request), suffix: '.json' }
  if (suffix === 'api') return { kind: 'html', indent: 2, suffix: '.api' }
  if (suffix !== undefined) return { kind: 'unknown-format' }
  const format = parametersOf(request).getAll('format').at(-1)
  if (format === 'json') return { kind: 'json', indent: indentOf(request), suffix: '' }
  if (format === 'api') return { kind: 'html', indent: 2, suffix: '' }
  if (format !== undefined && format !== '') return { kind: 'unknown-format' }
  return byAccept(request.headers.accept)
}

function byAccept(accept: string | undefined): Negotiated {
  if (accept === undefined || accept.trim() === '') return { kind: 'json', indent: 0, suffix: '' }
  const [best] = parseAccept(accept).filter(({ type }) => isJson(type) || isHtml(type))
  if (!best) return { kind: 'not-acceptable' }
  return isHtml(best.type)
    ? { kind: 'html', indent: 2, suffix: '' }
    : { kind: 'json', indent: best.indent, suffix: '' }
}

/** Whether a client that got no say yet, as on an unknown path, is a person's browser. */
export function prefersHtml(request: FastifyRequest): boolean {
  return byAccept(request.headers.accept).kind === 'html'
}

function isJson(type: string): boolean {
  return type === '*/*' || type === 'application/*' || type === 'application/json'
}

function isHtml(type: string): boolean {
  return type === 'text/html' || type === 'text/*'
}

function indentOf(request: FastifyRequest): number {
  const json = parseAccept(request.headers.accept ?? '').find(({ type }) => type === 'application/json')
  return json?.indent ?? 0
}

/** The media ranges of an Accept header, the most wanted and most specific first; of equals JSON wins. */
export function parseAccept(accept: string): readonly Range[] {
  return accept
    .slice(0, 2000)
    .split(',')
    .map((part, order) => parseRange(part, order))
    .filter(({ quality }) => quality > 0)
    .sort(
      (a, b) =>
        b.quality - a.quality ||
        specificity(b.type) - specificity(a.type) ||
        Number(isJson(b.type)) - Number(isJson(a.type)) ||
        a.order - b.order,
    )
}

function parseRange(part: string, order: number): Range {
  const [type = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
  const value = (name: string) =>
    parameters.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1)
  const quality = Number(value('q') ?? '1')
  const indent = Number(value('indent') ?? '0')
  return {
    type,
    quality: Number.isFinite(quality) ? quality : 1,
    indent: Number.isInteger(indent) ? Math.min(Math.max(indent, 0), LONGEST_INDENT) : 0,
    order,
  }
}

function specificity(type: string): number {
  if (type === '*/*') return 0
  return type.endsWith('/*') ? 1 : 2
}
