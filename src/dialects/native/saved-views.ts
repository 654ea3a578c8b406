import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../core/actor.ts'
import { invalidInput } from '../../core/refusal.ts'
import { changeView, removeView } from '../../modules/workspace/change-view.ts'
import type { SavedView } from '../../modules/workspace/domain/saved-view.ts'
import { listSavedViews } from '../../modules/workspace/list-saved-views.ts'
import { saveView } from '../../modules/workspace/save-view.ts'
import { type ById, idOf, objectBody, parametersOf } from './records.ts'

/** `/api/v1/saved-views`: the lists of the acting user under names. */
export function savedViewRoutes(app: FastifyInstance): void {
  app.get('/api/v1/saved-views', async (request) => {
    const list = parametersOf(request).get('list') ?? ''
    if (list === '') throw invalidInput('list', 'This is required: the name of the list.')
    const views = await listSavedViews(request.ctx, list)
    return { items: views.map((view) => presentView(view, request.ctx.actor)) }
  })

  app.post('/api/v1/saved-views', async (request, reply) => {
    const view = await saveView(request.ctx, objectBody(request))
    return reply.code(201).send(presentView(view, request.ctx.actor))
  })

  app.patch<ById>('/api/v1/saved-views/:id', async (request) => {
    const { version, ...changes } = objectBody(request)
    if (version !== undefined && typeof version !== 'number')
      throw invalidInput('version', 'This must be the version you read.')
    return presentView(await changeView(request.ctx, idOf(request), changes, version), request.ctx.actor)
  })

  app.delete<ById>('/api/v1/saved-views/:id', async (request, reply) => {
    await removeView(request.ctx, idOf(request))
    return reply.code(204).send()
  })
}

function presentView({ owner, ...view }: SavedView, actor: Actor) {
  return { ...view, isOwn: actor.kind === 'user' && actor.id === owner }
}
