import type { FastifyInstance } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import {
  getTypeDesign,
  publishDraft,
  saveDraft,
  type TypeDesign,
} from '../../../modules/research/design-type.ts'
import { isJsonObject, isShallow } from '../../../modules/research/domain/json-value.ts'
import type { MigrationStep } from '../../../modules/research/domain/migrate-info.ts'
import { migrateSamples } from '../../../modules/research/migrate-samples.ts'
import { optionalText } from '../body-fields.ts'
import { type ById, idOf, objectBody } from '../records.ts'
import { type Body, requiredId } from './parse-bodies.ts'

const ROOT = '/api/v1/research/sample-types'
const DEEPEST = 40
const MOST_STEPS = 300

/** Designing sample types, and moving samples to another version. */
export function typeRoutes(app: FastifyInstance): void {
  app.get<ById>(`${ROOT}/:id/design`, async (request) =>
    presentDesign(await getTypeDesign(request.ctx, idOf(request))),
  )

  app.put<ById>(`${ROOT}/:id/draft`, async (request) => {
    const body = objectBody(request)
    const { schema, layout = null } = body
    if (!isJsonObject(schema) || !isShallow(schema, DEEPEST))
      throw invalidInput('schema', 'This must be a JSON object.')
    if (layout !== null && (!isJsonObject(layout) || !isShallow(layout, DEEPEST)))
      throw invalidInput('layout', 'This must be a JSON object.')
    const changelog = optionalText(body, 'changelog', 10_000) ?? null
    const { draft, problems, changes, label } = await saveDraft(request.ctx, idOf(request), {
      schema,
      layout,
      changelog,
    })
    return { id: draft.id, problems, changes, label }
  })

  app.post<ById>(`${ROOT}/:id/publish`, async (request) =>
    presentDesign(await publishDraft(request.ctx, idOf(request))),
  )

  for (const [word, mode] of [
    ['rehearse', 'rehearse'],
    ['migrate', 'run'],
  ] as const) {
    app.post<ById>(`${ROOT}/:id/${word}`, async (request) => {
      const body = objectBody(request)
      const toVersionId = requiredId(body, 'toVersionId')
      return migrateSamples(request.ctx, idOf(request), { toVersionId, plan: parsePlan(body), mode })
    })
  }
}

function presentDesign({ type, versions, current, draft, samples }: TypeDesign) {
  return {
    id: type.id,
    name: type.name,
    key: type.key,
    versions: versions.map(({ id, label, status, publishedAt, changelog }) => ({
      id,
      label,
      status,
      publishedAt: publishedAt?.toISOString() ?? null,
      changelog,
      samples: samples.get(id) ?? 0,
    })),
    current: current
      ? { id: current.id, label: current.label, schema: current.schema, layout: current.layout }
      : null,
    draft: draft
      ? {
          id: draft.id,
          version: draft.version,
          schema: draft.schema,
          layout: draft.layout,
          changelog: draft.changelog,
        }
      : null,
  }
}

/** What each step of a plan needs besides its name. */
const STEP_FIELDS: Readonly<Record<MigrationStep['op'], readonly string[]>> = {
  rename: ['from', 'to'],
  remove: ['path'],
  add: ['path'],
  convertUnit: ['path', 'from', 'to'],
  wrap: ['path', 'unit'],
  unwrap: ['path', 'unit'],
  mapValues: ['path'],
  toNumber: ['path'],
  toList: ['path'],
  fromList: ['path'],
}

/** undefined where the steps shall follow from the schemas */
function parsePlan({ plan }: Body): readonly MigrationStep[] | undefined {
  if (plan === undefined || plan === null) return undefined
  if (!Array.isArray(plan) || plan.length > MOST_STEPS)
    throw invalidInput('plan', `This must be a list of ${MOST_STEPS} steps at most.`)
  return plan.map((step: unknown, index) => {
    if (!isStep(step)) throw invalidInput(`plan.${index}`, 'This is no step of a plan.')
    return step
  })
}

function isStep(step: unknown): step is MigrationStep {
  if (!isJsonObject(step) || typeof step.op !== 'string' || !Object.hasOwn(STEP_FIELDS, step.op)) return false
  const needed = Object.entries(STEP_FIELDS).find(([op]) => op === step.op)?.[1] ?? []
  const hasTexts = needed.every(
    (name) =>
      typeof step[name] === 'string' &&
      !['__proto__', 'constructor', 'prototype'].includes(String(step[name])),
  )
  const hasMap =
    step.op !== 'mapValues' ||
    (isJsonObject(step.map) && Object.values(step.map).every((value) => typeof value === 'string'))
  const hasDigits =
    step.digits === undefined ||
    (Number.isSafeInteger(step.digits) && Number(step.digits) >= 0 && Number(step.digits) <= 15)
  return hasTexts && hasMap && hasDigits && (step.op !== 'add' || step.value !== undefined)
}
