import { escapeHtml } from '../../platform/html/escape-html.ts'
import type { Message } from './domain/message.ts'

/**
 * The HTML of a mail: the same words as its text, without scripts, pictures or styles from elsewhere.
 *
 * @param base address of the web application's server, without a slash at its end; the only source of links
 */
export function mailHtml(message: Message, base: string): string {
  const body =
    message.parts === undefined
      ? messageHtml(message, base)
      : message.parts
          .map((part) => `<h2 style="${HEADING}">${escapeHtml(part.subject)}</h2>${messageHtml(part, base)}`)
          .join('<hr style="border:0;border-top:1px solid #ddd">')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(message.subject)}</title></head><body style="${BODY}">${body}</body></html>`
}

const BODY = 'font-family:sans-serif;font-size:15px;line-height:1.5;color:#222;max-width:640px;margin:16px'
const HEADING = 'font-size:16px;margin:16px 0 4px'
const BUTTON =
  'display:inline-block;padding:8px 16px;background:#176b78;color:#fff;text-decoration:none;border-radius:4px'

function messageHtml({ text, facts, items = [], path }: Message, base: string): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><th style="text-align:left;padding:2px 16px 2px 0;font-weight:normal;color:#555">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  )
  const lines = items.map((item) => `<li>${link(escapeHtml(item.text), item.path, base)}</li>`)
  return [
    ...paragraphs,
    rows.length === 0 ? '' : `<table style="border-collapse:collapse">${rows.join('')}</table>`,
    lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`,
    path === undefined
      ? ''
      : `<p><a style="${BUTTON}" href="${escapeHtml(`${base}${path}`)}">Open in Touchstone</a></p>`,
  ].join('')
}

function link(html: string, path: string | undefined, base: string): string {
  return path === undefined ? html : `<a href="${escapeHtml(`${base}${path}`)}">${html}</a>`
}
