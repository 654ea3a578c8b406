import { renderJson } from './render-json.ts'

export type PageContent = {
  readonly title: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body: unknown
  /** mount of the dialect, before `/api` */
  readonly root: string
}

/** An answer as a page for people: the request, the status, and the JSON with its addresses as links. */
export function renderPage({ title, method, path, status, body, root }: PageContent): string {
  const { next, previous, count } = pagingOf(body)
  const pages = [link(previous, 'Previous'), link(next, 'Next')].filter((part) => part !== '').join(' ')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeText(title)} – API</title>
<style>
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem 1.5rem}
nav,form{margin:.5rem 0}pre{padding:1rem;border:1px solid #8886;border-radius:4px;overflow:auto;font:13px/1.5 ui-monospace,monospace}
a{color:LinkText}input{font:inherit;padding:.25rem .5rem;min-width:20rem}.status{font-weight:600}
</style></head><body>
<nav><a href="${root}/api/">API root</a> · <a href="${root}/api/schema/">Schema</a> · <a href="/app/">Web application</a></nav>
<main><h1>${escapeText(title)}</h1>
<p><code>${escapeText(method)} ${escapeText(path)}</code> <span class="status">${status}</span>${count === undefined ? '' : ` · ${count} objects`}</p>
${pages === '' ? '' : `<p>${pages}</p>`}${status === 401 ? '<p><a href="/app/">Sign in</a> to see more.</p>' : ''}
<form method="get"><label>Filter <input name="name__icontains" placeholder="name contains"></label> <button>Apply</button></form>
<pre>${linked(renderJson(body, 4))}</pre></main></body></html>`
}

function pagingOf(body: unknown): { next?: string; previous?: string; count?: number } {
  if (typeof body !== 'object' || body === null || !('results' in body)) return {}
  const { next, previous, count } = body as { next?: unknown; previous?: unknown; count?: unknown }
  return {
    ...(typeof next === 'string' ? { next } : {}),
    ...(typeof previous === 'string' ? { previous } : {}),
    ...(typeof count === 'number' ? { count } : {}),
  }
}

function link(address: string | undefined, text: string): string {
  return address === undefined ? '' : `<a href="${escapeText(address)}">${text}</a>`
}

/** JSON with every http address as a link; the text is escaped first, so nothing in it can be markup. */
function linked(json: string): string {
  return escapeText(json).replace(/&quot;(https?:\/\/[^\s<>]*?)&quot;/g, '&quot;<a href="$1">$1</a>&quot;')
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
