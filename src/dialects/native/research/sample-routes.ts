import type { FastifyInstance } from 'fastify'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { BIN_DAYS, binSample, listBin, restoreFromBin } from '../../../modules/research/bin.ts'
import { changeSample } from '../../../modules/research/change-sample.ts'
import { findChoices } from '../../../modules/research/choices.ts'
import { ExpressionError } from '../../../modules/research/domain/expression/tokens.ts'
import { isJsonObject } from '../../../modules/research/domain/json-value.ts'
import { parseSearch } from '../../../modules/research/domain/parse-search.ts'
import type { SearchNode } from '../../../modules/research/domain/search.ts'
import { findSamples } from '../../../modules/research/find-samples.ts'
import { findSearchFields } from '../../../modules/research/find-search-fields.ts'
import { makeRun } from '../../../modules/research/make-run.ts'
import { findNextSampleId } from '../../../modules/research/propose-id.ts'
import { registerSample } from '../../../modules/research/register-sample.ts'
import type { ResearchServices } from '../../../modules/research/research-services.ts'
import { getSampleDetails } from '../../../modules/research/sample-details.ts'
import { findSampleById } from '../../../modules/research/sample-ids.ts'
import { traceProvenance } from '../../../modules/research/trace-provenance.ts'
import { validateSampleInfo } from '../../../modules/research/validate-sample-info.ts'
import { optionalText } from '../body-fields.ts'
import { wholeNumber } from '../parse-list-query.ts'
import { type ById, idOf, objectBody, parametersOf } from '../records.ts'
import {
  type Body,
  optionalId,
  parseEnds,
  parseNewSample,
  parseSampleChange,
  requiredDay,
  requiredId,
  requiredInfo,
} from './parse-bodies.ts'
import {
  presentBalance,
  presentProvenance,
  presentSampleDetails,
  presentSampleLink,
  presentSampleRows,
} from './present-research.ts'

const ROOT = '/api/v1/research'

/** What the pages of samples call, below `/api/v1/research/`. */
export function sampleRoutes(app: FastifyInstance, services: ResearchServices): void {
  app.get(`${ROOT}/choices`, async ({ ctx }) => {
    const choices = await findChoices(ctx, services)
    const link = (row: { readonly id: number; readonly name?: unknown }) => ({
      id: row.id,
      label: String(row.name),
    })
    return {
      institutes: choices.institutes.map((row) => ({ ...link(row), city: row.city })),
      projects: choices.projects.map(link),
      methods: choices.methods.map((row) => ({ ...link(row), instituteId: row.institute })),
      staff: choices.staff.map((row) => ({ ...link(row), instituteId: row.institute })),
      equipment: choices.equipment.map(link),
      sampleTypes: choices.sampleTypes.map(({ type, version }) => ({
        id: type.id,
        name: type.name,
        key: type.key,
        description: type.description,
        versionId: version.id,
        schema: version.schema,
        layout: version.layout,
      })),
      vocabularies: choices.vocabularies.map(({ list, terms }) => ({
        key: list.key,
        open: list.open,
        terms: terms.map(({ code, label }) => ({ code, label })),
      })),
    }
  })

  app.get(`${ROOT}/samples/next-id`, async (request) => {
    const parameters = parametersOf(request)
    const institute = wholeNumber(parameters, 'institute', 0, 1, 1_000_000_000)
    const method = wholeNumber(parameters, 'method', 0, 0, 1_000_000_000)
    return { sampleId: await findNextSampleId(request.ctx, institute, method === 0 ? null : method) }
  })

  app.post(`${ROOT}/samples/validate`, async (request) => {
    const body = objectBody(request)
    const typeVersionId = optionalId(body, 'typeVersionId')
    const of = typeVersionId ? { typeVersionId } : { sampleTypeId: requiredId(body, 'sampleTypeId') }
    return validateSampleInfo(request.ctx, of, requiredInfo(body))
  })

  app.get(`${ROOT}/samples/search-fields`, async ({ ctx }) => ({
    items: (await findSearchFields(ctx)).map(({ typeId, typeName, field }) => ({
      path: field.path,
      label: field.label,
      kind: field.kind,
      unit: field.units[0] ?? null,
      sampleType: { id: typeId, label: typeName },
    })),
  }))

  app.get(`${ROOT}/samples/search`, async (request) => {
    const parameters = parametersOf(request)
    const search = readSearch(parameters.get('q'))
    const limit = wholeNumber(parameters, 'limit', 50, 1, 1000)
    const offset = wholeNumber(parameters, 'offset', 0, 0, 100_000_000)
    const found = await findSamples(request.ctx, {
      search,
      order: (parameters.get('order') ?? '').split(',').filter((word) => word !== ''),
      limit,
      offset,
      total: parameters.get('total') === 'none' ? 'none' : 'exact',
    })
    return {
      items: await presentSampleRows(request.ctx, found.rows),
      total: found.total,
      limit,
      offset,
      parsed: search,
    }
  })

  app.get<ById>(`${ROOT}/samples/:id/details`, async (request) =>
    presentSampleDetails(request.ctx, await getSampleDetails(request.ctx, services, idOf(request))),
  )

  app.get<{ Params: { sampleId: string } }>(`${ROOT}/samples/by-id/:sampleId`, async (request) => {
    const { sampleId } = request.params
    const sample =
      sampleId.length <= 40 && !sampleId.includes('\0')
        ? await findSampleById(request.ctx, sampleId)
        : undefined
    if (!sample) throw new RefusedError({ kind: 'not-found', what: 'sample', id: sampleId.slice(0, 40) })
    return presentSampleDetails(request.ctx, await getSampleDetails(request.ctx, services, sample.id))
  })

  app.post(`${ROOT}/samples`, async (request, reply) => {
    const { ctx } = request
    const { id } = await registerSample(ctx, services, parseNewSample(objectBody(request)), {
      violations: 'refuse',
    })
    reply.code(201).header('location', `${ROOT}/samples/${id}`)
    return presentSampleDetails(ctx, await getSampleDetails(ctx, services, id))
  })

  app.patch<ById>(`${ROOT}/samples/:id`, async (request) => {
    const { ctx } = request
    const body = objectBody(request)
    const version = requiredId(body, 'version')
    const reason = optionalText(body, 'reason', 2000)
    const options = { violations: 'refuse', version, ...(reason === undefined ? {} : { reason }) } as const
    const { id } = await changeSample(ctx, services, idOf(request), parseSampleChange(body), options)
    return presentSampleDetails(ctx, await getSampleDetails(ctx, services, id))
  })

  app.delete<ById>(`${ROOT}/samples/:id`, async (request, reply) => {
    await binSample(request.ctx, services, idOf(request))
    return reply.code(204).send()
  })

  app.get<ById>(`${ROOT}/samples/:id/provenance`, async (request) => {
    const parameters = parametersOf(request)
    const given = parameters.get('direction') ?? 'both'
    const direction = (['up', 'down', 'both'] as const).find((word) => word === given)
    if (!direction) throw invalidInput('direction', 'This must be up, down or both.')
    const depth = wholeNumber(parameters, 'depth', 5, 1, 50)
    // whoever may not know of the sample is told that there is none
    const { sample } = await getSampleDetails(request.ctx, services, idOf(request))
    return presentProvenance(await traceProvenance(request.ctx, sample.id, { direction, depth }))
  })

  app.post(`${ROOT}/runs`, async (request, reply) => {
    const made = await makeRun(request.ctx, services, parseRun(objectBody(request)))
    return reply.code(201).send({
      id: made.id,
      outputs: made.outputs.map(presentSampleLink),
      balance: presentBalance(made.balance),
    })
  })

  app.get(`${ROOT}/bin`, async ({ ctx }) => ({
    days: BIN_DAYS,
    items: (await listBin(ctx)).map(({ kind, id, title, name, binnedAt }) => ({
      kind,
      id,
      title,
      name,
      binnedAt: binnedAt.toISOString(),
    })),
  }))

  app.post<{ Params: { kind: string; id: string } }>(
    `${ROOT}/bin/:kind/:id/restore`,
    async (request, reply) => {
      const kind = (['sample', 'experiment'] as const).find((word) => word === request.params.kind)
      if (!kind)
        throw new RefusedError({ kind: 'not-found', what: 'thing in the bin', id: request.params.kind })
      await restoreFromBin(request.ctx, kind, idOf(request))
      return reply.code(204).send()
    },
  )
}

/** @throws RefusedError `invalid-input` with the place of what cannot be read */
export function readSearch(text: string | null): SearchNode {
  try {
    return parseSearch((text ?? '').toWellFormed().replaceAll('\0', ''))
  } catch (error) {
    if (error instanceof ExpressionError) throw invalidInput('q', `${error.message} (at ${error.at + 1})`)
    throw error
  }
}

function parseRun(body: Body): Parameters<typeof makeRun>[2] {
  const kind = (['split', 'pool', 'derive'] as const).find((word) => word === body.kind)
  if (!kind) throw invalidInput('kind', 'This must be split, pool or derive.')
  const { outputs } = body
  if (!Array.isArray(outputs) || outputs.length > 500)
    throw invalidInput('outputs', 'This must be a list of 500 at most.')
  return {
    kind,
    name: optionalText(body, 'name', 255) ?? null,
    performedOn: requiredDay(body, 'performedOn'),
    projectId: requiredId(body, 'projectId'),
    methodId: optionalId(body, 'methodId') ?? null,
    notes: optionalText(body, 'notes', 100_000) ?? null,
    inputs: (parseEnds(body, 'inputs') ?? []).map(({ sampleId, amount, consumed }) => ({
      sampleId,
      amount: amount ?? null,
      consumed: consumed ?? false,
    })),
    outputs: outputs.map((each) => {
      if (!isJsonObject(each)) throw invalidInput('outputs', 'This must be a list of objects.')
      return parseNewSample(each)
    }),
  }
}
