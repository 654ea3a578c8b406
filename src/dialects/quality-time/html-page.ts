import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'
import { escapeHtml } from '../../platform/html/escape-html.ts'

/** The page with which the documented system answers what its framework refuses. */
export function sendErrorPage(reply: FastifyReply, status: number, text: string): FastifyReply {
  const title = `Error: ${status} ${STATUS_CODES[status] ?? 'Unknown'}`
  const page = [
    '<!DOCTYPE html>',
    '<html lang="en">',
    `  <head><meta charset="utf-8"><title>${title}</title></head>`,
    `  <body><h1>${title}</h1><pre>${escapeHtml(text)}</pre></body>`,
    '</html>',
  ]
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=UTF-8')
    .header('cache-control', 'no-store')
    .send(page.join('\n'))
}
