import type { FastifyInstance } from 'fastify'
import { arrangeTestList, type ListArrangement } from '../../../modules/machine-qa/arrange-test-list.ts'
import { copyAssignments } from '../../../modules/machine-qa/copy-assignments.ts'
import { copyReferences } from '../../../modules/machine-qa/copy-references.ts'
import { type Compared, referenceHistory } from '../../../modules/machine-qa/reference-history.ts'
import { setReferences } from '../../../modules/machine-qa/set-reference.ts'
import { optionalText, requiredText } from '../body-fields.ts'
import { type ById, idOf, objectBody } from '../records.ts'
import type {
  WireCompared,
  WireCopiedAssignments,
  WireCopiedReferences,
  WireReferenceHistory,
} from './configuration.schema.ts'
import { type Body, idsOf, objectsOf, parseSetting } from './configuration-body.ts'
import { optionalBoolean, optionalInteger, requiredId } from './parse-submission.ts'

const QA = '/api/v1/machine-qa'
const LONGEST_REASON = 2000

/** What sets up machine QA beyond single records: references, copies between units, the order of a list. */
export function configurationRoutes(app: FastifyInstance): void {
  app.get<ById>(`${QA}/unit-test-infos/:id/references`, async (request): Promise<WireReferenceHistory> => {
    const { unitTestInfoId, present, changes } = await referenceHistory(request.ctx, idOf(request))
    return {
      unitTestInfoId,
      present: presentCompared(present),
      changes: changes.map(({ at, by, comment, before, after }) => ({
        at: at.toISOString(),
        by: by === null ? null : by.username,
        comment,
        before: presentCompared(before),
        after: presentCompared(after),
      })),
    }
  })

  app.post(`${QA}/references/set`, async (request) => {
    const body = objectBody(request)
    const settings = objectsOf(body, 'settings').map(parseSetting)
    const set = await setReferences(request.ctx, settings, requiredText(body, 'comment', LONGEST_REASON))
    return { changed: set.filter(({ isChanged }) => isChanged).length }
  })

  app.post(`${QA}/references/copy`, async (request): Promise<WireCopiedReferences> => {
    const body = objectBody(request)
    const copy = { fromUnitId: requiredId(body, 'fromUnitId'), toUnitId: requiredId(body, 'toUnitId') }
    const testIds = body.testIds === undefined ? {} : { testIds: idsOf(body, 'testIds') }
    const comment = requiredText(body, 'comment', LONGEST_REASON)
    const { set, missing } = await copyReferences(request.ctx, { ...copy, ...testIds }, comment)
    return { changed: set.filter(({ isChanged }) => isChanged).length, missing }
  })

  app.post(`${QA}/assignments/copy`, async (request): Promise<WireCopiedAssignments> => {
    const body = objectBody(request)
    const copy = { assignmentIds: idsOf(body, 'assignmentIds'), unitIds: idsOf(body, 'unitIds') }
    const { made, existing } = await copyAssignments(request.ctx, copy)
    return { made: made.length, existing: existing.length }
  })

  app.post<ById>(`${QA}/test-lists/:id/arrangement`, async (request) => {
    const body = objectBody(request)
    const version = requiredId(body, 'version')
    const reason = optionalText(body, 'reason', LONGEST_REASON)
    const row = await arrangeTestList(request.ctx, idOf(request), version, parseArrangement(body), reason)
    return { id: row.id, version: row.version }
  })
}

function presentCompared({ reference, tolerance }: Compared): WireCompared {
  return {
    reference: reference && { value: reference.value, kind: reference.kind },
    tolerance: tolerance && { id: tolerance.id, name: tolerance.name },
  }
}

function parseArrangement(body: Body): ListArrangement {
  return {
    tests: idsOf(body, 'tests'),
    sublists: objectsOf(body, 'sublists').map((sublist) => {
      const after = optionalInteger(sublist, 'after')
      return {
        id: requiredId(sublist, 'id'),
        outline: optionalBoolean(sublist, 'outline') ?? false,
        ...(after === undefined ? {} : { after }),
      }
    }),
  }
}
