import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import type { CalculationEngine } from '../../../modules/calculations/engine.ts'
import { analyseUpload } from '../../../modules/machine-qa/analyse-upload.ts'
import { changeSession } from '../../../modules/machine-qa/change-session.ts'
import type { DraftData, DraftPlace } from '../../../modules/machine-qa/domain/draft.ts'
import { evaluateComposites } from '../../../modules/machine-qa/evaluate-composites.ts'
import { createSession } from '../../../modules/machine-qa/perform-session.ts'
import type { PerformingContext } from '../../../modules/machine-qa/performing/performing-context.ts'
import { getPerformingForm } from '../../../modules/machine-qa/performing-form.ts'
import { deleteDraft, saveDraft } from '../../../modules/machine-qa/save-draft.ts'
import { optionalInstant, optionalText } from '../body-fields.ts'
import { objectBody, parametersOf } from '../records.ts'
import { optionalInteger, parseChanges, parseSubmission, parseTyped, requiredId } from './parse-submission.ts'
import type { WireEvaluated, WirePerformingForm, WireUpload } from './performing.schema.ts'
import { presentPerformingForm } from './present-performing-form.ts'
import { presentAttachment } from './present-test.ts'
import { type ReceivedForm, receiveForm } from './receive-form.ts'

type Calculations = Pick<CalculationEngine, 'evaluate' | 'prepare'>
type ById = { Params: { id: string } }

/** What the performing page calls, below `/api/v1/machine-qa/`. */
export function performingRoutes(app: FastifyInstance, calculations: Calculations): void {
  const performing = (request: FastifyRequest): PerformingContext => ({ ...request.ctx, calculations })

  app.get('/api/v1/machine-qa/performing-form', async (request): Promise<WirePerformingForm> => {
    const parameters = parametersOf(request)
    const sessionId = wholeNumber(parameters, 'session')
    const assignmentId = wholeNumber(parameters, 'assignment')
    const day = wholeNumber(parameters, 'day')
    if (sessionId === undefined && assignmentId === undefined)
      throw invalidInput('assignment', 'This is required.')
    const wanted =
      sessionId !== undefined
        ? { sessionId }
        : { assignmentId: assignmentId ?? 0, ...(day === undefined ? {} : { day }) }
    const form = await getPerformingForm(performing(request), wanted)
    if (form.tests.some(({ isCalculated }) => isCalculated)) calculations.prepare()
    return presentPerformingForm(form, request.ctx.zone)
  })

  app.post('/api/v1/machine-qa/evaluate', async (request): Promise<WireEvaluated> => {
    const answer = await evaluateComposites(performing(request), parseTyped(objectBody(request)))
    return { results: Object.fromEntries(answer.results), skips: answer.skips }
  })

  app.post('/api/v1/machine-qa/uploads', async (request): Promise<WireUpload> => {
    const form = await receiveForm(request)
    const facts = factsOf(form)
    const [file] = form.files
    const attachmentId = optionalInteger(facts, 'attachmentId')
    if (!file && attachmentId === undefined) throw invalidInput('file', 'This is required.')
    const source = file ?? { attachmentId: attachmentId ?? 0 }
    const answer = await analyseUpload(
      performing(request),
      parseTyped(facts),
      requiredId(facts, 'testId'),
      source,
    )
    return {
      attachment: presentAttachment(answer.attachment),
      errors: answer.errors,
      result: answer.result,
      comment: answer.comment,
      written: answer.written.map(presentAttachment),
      skips: answer.skips,
    }
  })

  app.post('/api/v1/machine-qa/sessions', async (request, reply) => {
    const { session } = await createSession(performing(request), parseSubmission(objectBody(request)), 'form')
    reply.code(201).header('location', `/api/v1/machine-qa/sessions/${session.id}`)
    return { id: session.id }
  })

  app.patch<ById>('/api/v1/machine-qa/sessions/:id', async (request) => {
    const changes = parseChanges(objectBody(request))
    const { session } = await changeSession(performing(request), idOf(request), changes, 'form')
    return { id: session.id }
  })

  app.put('/api/v1/machine-qa/drafts', async (request) => {
    const body = objectBody(request)
    const draft = await saveDraft(request.ctx, placeOf(body), {
      workStarted: optionalInstant(body, 'workStarted') ?? null,
      workCompleted: optionalInstant(body, 'workCompleted') ?? null,
      data: draftDataOf(body),
    })
    return { savedAt: draft.savedAt.toISOString() }
  })

  app.delete('/api/v1/machine-qa/drafts', async (request, reply) => {
    await deleteDraft(request.ctx, placeOf(objectBody(request)))
    return reply.code(204).send()
  })
}

function placeOf(body: Readonly<Record<string, unknown>>): DraftPlace {
  return {
    assignmentId: requiredId(body, 'assignmentId'),
    testListId: requiredId(body, 'testListId'),
    day: optionalInteger(body, 'day') ?? 0,
    sessionId: optionalInteger(body, 'sessionId') ?? null,
  }
}

function draftDataOf(body: Readonly<Record<string, unknown>>): DraftData {
  const typed = parseTyped({
    testListId: 0,
    unitId: 0,
    values: body.tests,
    comments: body.comments,
    skips: body.skips,
  })
  return {
    tests: Object.fromEntries(typed.values),
    comments: Object.fromEntries(typed.comments),
    skips: Object.fromEntries(typed.skips),
    sessionComment: optionalText(body, 'sessionComment', 20_000) ?? '',
  }
}

/** The JSON that comes with the file in the form field `facts`. */
function factsOf({ fields }: ReceivedForm): Readonly<Record<string, unknown>> {
  const text = fields.get('facts') ?? '{}'
  try {
    const facts: unknown = JSON.parse(text)
    if (typeof facts === 'object' && facts !== null && !Array.isArray(facts))
      return facts as Readonly<Record<string, unknown>>
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw invalidInput('facts', 'This must be a JSON object.')
}

function idOf(request: FastifyRequest<ById>): number {
  return wholeNumber(new URLSearchParams({ id: request.params.id }), 'id') ?? 0
}

function wholeNumber(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name)
  if (text === null) return undefined
  if (!/^\d{1,9}$/.test(text)) throw invalidInput(name, 'This must be a whole number.')
  return Number(text)
}
