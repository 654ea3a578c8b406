import { escapeHtml } from '../../../platform/html/escape-html.ts'

/**
 * JSON with its http addresses as links. The text is escaped first, so nothing in it can be markup, and only whole
 * values that begin with `http` become links.
 */
export function linkedJson(json: string): string {
  return escapeHtml(json).replace(
    /&quot;(https?:\/\/(?:(?!&quot;)[^\s<>\\])+)&quot;/g,
    '&quot;<a href="$1">$1</a>&quot;',
  )
}
