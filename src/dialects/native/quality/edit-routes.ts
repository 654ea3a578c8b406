import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { acceptDebt } from '../../../modules/quality/accept-debt.ts'
import { changeAttribute, type EditedKind } from '../../../modules/quality/change-attribute.ts'
import { changeOverview } from '../../../modules/quality/change-overview.ts'
import { changeParameter, EDIT_SCOPES } from '../../../modules/quality/change-parameter.ts'
import {
  changeDestination,
  changeIssueTracker,
  changeTag,
  deleteDestination,
  makeDestination,
} from '../../../modules/quality/change-report-parts.ts'
import { checkSource } from '../../../modules/quality/check-availability.ts'
import { copyItem, copyReport } from '../../../modules/quality/copy-item.ts'
import { deleteItem } from '../../../modules/quality/delete-item.ts'
import { makeItem, makeReport, type NewItem } from '../../../modules/quality/make-item.ts'
import { moveItem } from '../../../modules/quality/move-item.ts'
import { movePosition, parsePosition } from '../../../modules/quality/move-position.ts'
import type { Quality } from '../../../modules/quality/quality.ts'
import { restoreDeletion } from '../../../modules/quality/restore-deletion.ts'
import { optionalText, requiredText } from '../body-fields.ts'
import { objectBody } from '../records.ts'

type WithId = { Params: { id: string } }
type WithKind = { Params: { id: string; kind: string } }

const LONGEST_ID = 200

/** Changing reports and what is in them. */
export function qualityEditRoutes(app: FastifyInstance, quality: Quality): void {
  app.patch('/api/v1/quality/overview', async (request, reply) => {
    const body = objectBody(request)
    await changeOverview(request.ctx, quality, requiredText(body, 'attribute', 100), body.value)
    return reply.code(204).send()
  })
  app.post('/api/v1/quality/reports', async (request, reply) =>
    reply.code(201).send({ id: await makeReport(request.ctx, quality) }),
  )
  app.post<WithId>('/api/v1/quality/reports/:id/copy', async (request, reply) =>
    reply.code(201).send({ id: await copyReport(request.ctx, quality, request.params.id) }),
  )
  app.post<WithId>('/api/v1/quality/deletions/:id/restore', async (request) => ({
    id: await restoreDeletion(request.ctx, quality, wholeNumber(request.params.id)),
  }))
  itemRoutes(app, quality)
  partRoutes(app, quality)
}

function itemRoutes(app: FastifyInstance, quality: Quality): void {
  app.post('/api/v1/quality/items', async (request, reply) =>
    reply.code(201).send({ id: await makeItem(request.ctx, quality, newItem(request)) }),
  )
  app.patch<WithKind>('/api/v1/quality/items/:kind/:id', async (request) => {
    const { id, kind } = request.params
    const body = objectBody(request)
    const { hasChanged } = await changeAttribute(request.ctx, quality, {
      kind: kindOf(kind),
      id,
      attribute: requiredText(body, 'attribute', 100),
      value: body.value,
      ...(Object.hasOwn(body, 'expected') ? { expected: body.expected } : {}),
    })
    return { hasChanged }
  })
  app.delete<WithKind>('/api/v1/quality/items/:kind/:id', async (request, reply) => {
    await deleteItem(request.ctx, quality, { kind: kindOf(request.params.kind), id: request.params.id })
    return reply.code(204).send()
  })
  app.post<WithKind>('/api/v1/quality/items/:kind/:id/copy', async (request, reply) => {
    const to = requiredText(objectBody(request), 'to', LONGEST_ID)
    const copied = { kind: innerKind(request.params.kind), id: request.params.id, to }
    return reply.code(201).send({ id: await copyItem(request.ctx, quality, copied) })
  })
  app.post<WithKind>('/api/v1/quality/items/:kind/:id/move', async (request, reply) => {
    const to = requiredText(objectBody(request), 'to', LONGEST_ID)
    await moveItem(request.ctx, quality, { kind: innerKind(request.params.kind), id: request.params.id, to })
    return reply.code(204).send()
  })
  app.post<WithKind>('/api/v1/quality/items/:kind/:id/position', async (request, reply) => {
    const position = parsePosition(objectBody(request).position)
    await movePosition(request.ctx, quality, {
      kind: innerKind(request.params.kind),
      id: request.params.id,
      position,
    })
    return reply.code(204).send()
  })
  app.post<WithId>('/api/v1/quality/metrics/:id/debt', async (request, reply) => {
    const { accept } = objectBody(request)
    if (typeof accept !== 'boolean') throw invalidInput('accept', 'This must be true or false.')
    await acceptDebt(request.ctx, quality, { metricId: request.params.id, accept })
    return reply.code(204).send()
  })
  app.patch<{ Params: { id: string; key: string } }>(
    '/api/v1/quality/sources/:id/parameters/:key',
    async (request) => {
      const { id, key } = request.params
      const body = objectBody(request)
      const scope = EDIT_SCOPES.find((each) => each === (body.scope ?? 'source'))
      if (!scope) throw invalidInput('scope', `This must be one of ${EDIT_SCOPES.join(', ')}.`)
      const edit = { sourceId: id, key, value: body.value ?? '', scope }
      const { changedSources, source, hasChanged } = await changeParameter(request.ctx, quality, edit)
      const availability = hasChanged ? await checkSource(quality, source.attributes, key) : undefined
      return {
        changedSources: scope === 'source' && hasChanged ? 1 : changedSources,
        availability: availability ?? null,
      }
    },
  )
}

function partRoutes(app: FastifyInstance, quality: Quality): void {
  app.patch<WithId>('/api/v1/quality/reports/:id/issue-tracker', async (request, reply) => {
    const body = objectBody(request)
    const attribute = requiredText(body, 'attribute', 100)
    await changeIssueTracker(request.ctx, quality, {
      reportId: request.params.id,
      attribute,
      value: body.value,
    })
    return reply.code(204).send()
  })
  app.patch<{ Params: { id: string; tag: string } }>(
    '/api/v1/quality/reports/:id/tags/:tag',
    async (request, reply) => {
      const { id, tag } = request.params
      await changeTag(request.ctx, quality, {
        reportId: id,
        tag,
        renamed: requiredText(objectBody(request), 'tag', 200),
      })
      return reply.code(204).send()
    },
  )
  app.delete<{ Params: { id: string; tag: string } }>(
    '/api/v1/quality/reports/:id/tags/:tag',
    async (request, reply) => {
      const { id, tag } = request.params
      await changeTag(request.ctx, quality, { reportId: id, tag })
      return reply.code(204).send()
    },
  )
  app.post<WithId>('/api/v1/quality/reports/:id/destinations', async (request, reply) => {
    const url = optionalText(objectBody(request), 'reportUrl', 2000) ?? ''
    return reply.code(201).send({ id: await makeDestination(request.ctx, quality, request.params.id, url) })
  })
  app.patch<{ Params: { id: string; destination: string } }>(
    '/api/v1/quality/reports/:id/destinations/:destination',
    async (request, reply) => {
      const { reportUrl, ...rest } = objectBody(request)
      const attributes = reportUrl === undefined ? rest : { ...rest, report_url: reportUrl }
      const { id: reportId, destination: id } = request.params
      await changeDestination(request.ctx, quality, { reportId, id, attributes })
      return reply.code(204).send()
    },
  )
  app.delete<{ Params: { id: string; destination: string } }>(
    '/api/v1/quality/reports/:id/destinations/:destination',
    async (request, reply) => {
      await deleteDestination(request.ctx, quality, request.params.id, request.params.destination)
      return reply.code(204).send()
    },
  )
}

const KINDS: readonly EditedKind[] = ['report', 'subject', 'metric', 'source']

function kindOf(text: string): EditedKind {
  const kind = KINDS.find((each) => each === text)
  if (!kind) throw invalidInput('kind', `This must be one of ${KINDS.join(', ')}.`)
  return kind
}

function innerKind(text: string): Exclude<EditedKind, 'report'> {
  const kind = kindOf(text)
  if (kind === 'report') throw invalidInput('kind', 'This must be subject, metric or source.')
  return kind
}

function newItem(request: FastifyRequest): NewItem {
  const body = objectBody(request)
  const [parentId, type] = [requiredText(body, 'parentId', LONGEST_ID), requiredText(body, 'type', 100)]
  switch (innerKind(requiredText(body, 'kind', 20))) {
    case 'subject':
      return { kind: 'subject', reportId: parentId, type }
    case 'metric':
      return { kind: 'metric', subjectId: parentId, type }
    case 'source':
      return { kind: 'source', metricId: parentId, type }
  }
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw invalidInput('id', 'This must be a whole number.')
  return Number(text)
}
