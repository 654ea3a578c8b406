import { escapeHtml } from '../html/escape-html.ts'

type Schema = Readonly<Record<string, unknown>>

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1.5rem;color-scheme:light dark}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8886;vertical-align:top}'

/**
 * The operations of an OpenAPI document as a page without scripts.
 *
 * @param introduction HTML below the title
 */
export function openApiPage(title: string, introduction: string, paths: Schema): string {
  const rows = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Schema).flatMap(([method, operation]) => {
      if (!isOperation(operation)) return []
      const words = operation.summary ?? operation.description ?? operation.operationId ?? ''
      return [
        `<tr><td><code>${method.toUpperCase()}</code></td><td><code>${escapeHtml(path)}</code></td><td>${escapeHtml(words)}</td></tr>`,
      ]
    }),
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${introduction}<h2>Operations</h2><table><thead><tr><th>Method</th><th>Path</th><th>What it does</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></main></body></html>`
}

type Operation = { readonly summary?: string; readonly description?: string; readonly operationId?: string }

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'responses' in value
}
