import type { FastifyRequest } from 'fastify'
import { escapeHtml } from '../../../platform/html/escape-html.ts'
import { offeredMethods } from '../endpoint.ts'
import { renderJson } from '../wire/render-json.ts'
import { filterForm } from './filter-form.ts'
import { linkedJson } from './linked-json.ts'
import { writeForms } from './write-forms.ts'

const STYLE = `
:root{color-scheme:light dark;--line:#8886;background:Canvas;color:CanvasText}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1rem 1.5rem 4rem}
nav{display:flex;flex-wrap:wrap;gap:1.25rem;border-bottom:1px solid var(--line);padding-bottom:.5rem}
a{color:#0b57d0}@media(prefers-color-scheme:dark){a{color:#8ab4f8}}
h1{font-size:1.6rem;margin:1.25rem 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
.request{font:14px/1.6 ui-monospace,monospace;overflow-wrap:anywhere}.pages{display:flex;gap:1rem}
pre,textarea{font:13px/1.5 ui-monospace,monospace;border:1px solid var(--line);border-radius:6px}
pre{padding:1rem;overflow:auto}textarea{width:100%;min-height:10rem;padding:.75rem;box-sizing:border-box}
.fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.75rem;margin:.75rem 0}
label{display:flex;flex-direction:column;gap:.15rem;font-size:.85rem}
input,select,button{font:inherit;padding:.3rem .5rem;border:1px solid var(--line);border-radius:4px}
details{border:1px solid var(--line);border-radius:6px;padding:.5rem 1rem;margin:1rem 0}summary{cursor:pointer;font-weight:600}
`

/**
 * An answer as a page for people: what was asked, what came back with its addresses as links, filters, pages, and forms
 * for what the caller may write. It needs no script.
 */
export function renderPage(request: FastifyRequest, status: number, body: unknown): string {
  const conversation = request.qatrack
  const mount = conversation?.around.mount ?? ''
  const title = conversation?.endpoint.title ?? (status === 404 ? 'Not found' : 'API')
  const isAllowed = status < 400
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – QATrack+ API</title><style>${STYLE}</style></head><body>
${navigation(request, mount)}
<main><h1>${escapeHtml(title)}</h1>
${description(request)}
<p class="request">${escapeHtml(request.method)} ${escapeHtml(readableAddress(request.url))}</p>
<p class="request">HTTP ${status}${allowed(request)}</p>
${status === 401 ? `<p><a href="${signInAddress(request)}">Sign in</a> to use the API in the browser.</p>` : ''}
${conversation && isAllowed ? filterForm(request, conversation.endpoint) : ''}
${isAllowed ? pageLinks(body) : ''}
<pre>${body === undefined ? '' : linkedJson(renderJson(body, 4))}</pre>
${isAllowed ? pageLinks(body) : ''}
${conversation ? writeForms(request, conversation, status) : ''}
</main></body></html>`
}

function navigation(request: FastifyRequest, mount: string): string {
  // an address that no route could read has no context yet
  const actor = request.qatrack && request.ctx.actor
  const who =
    actor?.kind === 'user'
      ? `<span>${escapeHtml(actor.username)}</span>`
      : `<a href="${signInAddress(request)}">Sign in</a>`
  return `<nav><a href="${mount}/api/">API root</a><a href="${mount}/api/schema/">Schema</a><a href="/app/">Web application</a>${who}</nav>`
}

function signInAddress(request: FastifyRequest): string {
  return `/app/sign-in?next=${escapeHtml(encodeURIComponent(request.url.toWellFormed()))}`
}

function description({ qatrack }: FastifyRequest): string {
  const text = qatrack?.endpoint.description ?? ''
  return text === '' ? '' : `<p>${escapeHtml(text)}</p>`
}

function allowed({ qatrack }: FastifyRequest): string {
  return qatrack ? `, allowed: ${offeredMethods(qatrack.endpoint).join(', ')}` : ''
}

function readableAddress(url: string): string {
  try {
    return decodeURI(url)
  } catch (error) {
    if (error instanceof URIError) return url
    throw error
  }
}

function pageLinks(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('results' in body)) return ''
  const { next, previous, count } = body as { next?: unknown; previous?: unknown; count?: unknown }
  const link = (address: unknown, text: string) =>
    typeof address === 'string' ? `<a href="${escapeHtml(address)}">${text}</a>` : ''
  return `<p class="pages"><span>${Number(count)} in all</span>${link(previous, '← Previous page')}${link(next, 'Next page →')}</p>`
}
