import type { FastifyReply } from 'fastify'

/**
 * Sends JSON with exactly the documented media type: the framework would add a charset to text. Maps are written as
 * objects in their own order.
 */
export function sendJson(reply: FastifyReply, body: unknown, status = 200): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'application/json')
    .header('cache-control', 'no-store')
    .send(Buffer.from(renderJson(body)))
}

/**
 * JSON in which maps are objects with their keys in order, also keys that look like numbers. Only objects and lists
 * that hold maps are gone through; everything else is written by the platform.
 */
export function renderJson(value: unknown): string {
  if (value instanceof Map) {
    return `{${[...value].map(([key, each]) => `${JSON.stringify(key)}: ${renderJson(each)}`).join(', ')}}`
  }
  if (Array.isArray(value)) return `[${value.map(renderJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined)
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}: ${renderJson(each)}`).join(', ')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
