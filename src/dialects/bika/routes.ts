import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { calculatePartitions } from './api/calculate-partitions.ts'
import { create } from './api/create.ts'
import { doActionFor, doActionForMany } from './api/do-action-for.ts'
import { allowedTransitionsForMany, getUsers, version } from './api/other-endpoints.ts'
import { read } from './api/read.ts'
import { remove } from './api/remove.ts'
import { update, updateMany } from './api/update.ts'
import { answer, type Endpoint } from './endpoint.ts'
import type { Surroundings } from './surroundings.ts'
import { WireError } from './wire-error.ts'

type Route = { readonly endpoint: Endpoint; readonly writes: boolean }

const ROUTES: Readonly<Record<string, Route>> = {
  read: { endpoint: read, writes: false },
  create: { endpoint: create, writes: true },
  update: { endpoint: update, writes: true },
  update_many: { endpoint: updateMany, writes: true },
  remove: { endpoint: remove, writes: true },
  doActionFor: { endpoint: doActionFor, writes: true },
  doActionFor_many: { endpoint: doActionForMany, writes: true },
  getusers: { endpoint: getUsers, writes: false },
  calculate_partitions: { endpoint: calculatePartitions, writes: false },
  allowedTransitionsFor_many: { endpoint: allowedTransitionsForMany, writes: false },
  version: { endpoint: version, writes: false },
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * Every route below the site and at the root, with the marker of a view and without; below any object as well, which has
 * no influence. Writes come by GET too, so each route says whether it writes.
 */
export function apiRoutes(app: FastifyInstance, around: Surroundings): void {
  const { site } = around
  for (const base of [`/${site}/@@API`, `/${site}/API`, '/@@API', '/API']) {
    for (const [name, { endpoint, writes }] of Object.entries(ROUTES)) {
      for (const url of [`${base}/${name}`, `${base}/${name}/`]) {
        app.route({
          method: [...METHODS],
          url,
          config: { writesByGet: writes },
          handler: (request, reply) => serve(request, reply, around, endpoint),
        })
      }
    }
    app.route({
      method: [...METHODS],
      url: `${base}/*`,
      handler: (request, reply) => answer(request, reply, around, noRoute),
    })
  }
  app.route({
    method: [...METHODS],
    url: `/${site}/*`,
    config: { writesByGet: true },
    handler: (request, reply) => serveBelowObject(request, reply, around),
  })
}

function serve(
  request: FastifyRequest,
  reply: FastifyReply,
  around: Surroundings,
  endpoint: Endpoint,
): Promise<FastifyReply> {
  if (request.method === 'GET' || request.method === 'POST') return answer(request, reply, around, endpoint)
  return answer(request, reply, around, async () => {
    throw new WireError('Method not allowed', 405, true)
  })
}

function serveBelowObject(
  request: FastifyRequest,
  reply: FastifyReply,
  around: Surroundings,
): Promise<FastifyReply> {
  const path = request.url.split('?', 1)[0] ?? ''
  const name = /\/(?:@@)?API\/(\w+)\/?$/.exec(path)?.[1] ?? ''
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined
  return route ? serve(request, reply, around, route.endpoint) : answer(request, reply, around, noRoute)
}

const noRoute: Endpoint = async () => {
  throw new WireError('Not found', 404, true)
}
