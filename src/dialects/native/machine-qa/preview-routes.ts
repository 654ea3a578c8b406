import type { FastifyInstance } from 'fastify'
import type { Context } from '../../../context.ts'
import { addDays, endOfDay, startOfDay, zoneDay } from '../../../core/calendar.ts'
import { planAssignmentCopy } from '../../../modules/machine-qa/copy-assignments.ts'
import { planReferenceCopy } from '../../../modules/machine-qa/copy-references.ts'
import type { HeldTolerance } from '../../../modules/machine-qa/domain/listed-test.ts'
import { type Reference, referenceDisplay } from '../../../modules/machine-qa/domain/reference.ts'
import { valueDisplay } from '../../../modules/machine-qa/domain/value-display.ts'
import { previewReference } from '../../../modules/machine-qa/references/preview-reference.ts'
import { optionalInstant } from '../body-fields.ts'
import { objectBody } from '../records.ts'
import { type Body, idsOf, parseSetting } from './configuration-body.ts'
import { optionalInteger, requiredId } from './parse-submission.ts'
import type {
  WireAssignmentCopyPreview,
  WireReferenceCopyPreview,
  WireReferencePreview,
} from './program.schema.ts'

const QA = '/api/v1/machine-qa'
const USUAL_DAYS = 365
const USUAL_PAGE = 50

/** What shows the effect of setting and copying before it is done. */
export function previewRoutes(app: FastifyInstance): void {
  app.post(`${QA}/references/preview`, async (request): Promise<WireReferencePreview> => {
    const body = objectBody(request)
    const range = {
      ...spanOf(request.ctx, body),
      limit: optionalInteger(body, 'limit') ?? USUAL_PAGE,
      offset: optionalInteger(body, 'offset') ?? 0,
    }
    const preview = await previewReference(request.ctx, parseSetting(body), range)
    const { test, unitName } = preview.before
    return {
      test: test.name,
      unit: unitName,
      before: presentCompared(preview.before),
      after: presentCompared(preview.after),
      total: preview.total,
      complete: preview.complete,
      counts: preview.counts,
      changed: preview.changed.map(({ sessionId, workCompleted, result, before, after }) => ({
        ...{ sessionId, before, after },
        at: workCompleted.toISOString(),
        value: valueDisplay({ test, result, skipped: false }, request.ctx.zone),
      })),
      changedTotal: preview.changedTotal,
    }
  })

  app.post(`${QA}/references/copy/preview`, async (request): Promise<WireReferenceCopyPreview> => {
    const body = objectBody(request)
    const { changes, missing } = await planReferenceCopy(request.ctx, {
      fromUnitId: requiredId(body, 'fromUnitId'),
      toUnitId: requiredId(body, 'toUnitId'),
      ...(body.testIds === undefined ? {} : { testIds: idsOf(body, 'testIds') }),
    })
    return {
      changes: changes.map(({ source, target, isChange }) => ({
        test: target.test.name,
        before: presentCompared(target),
        after: presentCompared(source),
        isChange,
      })),
      missing,
    }
  })

  app.post(`${QA}/assignments/copy/preview`, async (request): Promise<WireAssignmentCopyPreview> => {
    const body = objectBody(request)
    const copy = { assignmentIds: idsOf(body, 'assignmentIds'), unitIds: idsOf(body, 'unitIds') }
    const { made, existing } = await planAssignmentCopy(request.ctx, copy)
    return {
      made: made.map(({ unitId, source }) => ({ unitId, name: String(source.name ?? '') })),
      existing: existing.map(({ unitId, name }) => ({ unitId, name })),
    }
  })
}

type Shown = { readonly reference: Reference | null; readonly tolerance: HeldTolerance | null }

/** Instants of the body; the last year until now unless given. */
function spanOf({ now, zone }: Context, body: Body): { readonly from: Date; readonly to: Date } {
  const today = zoneDay(now(), zone)
  return {
    from: optionalInstant(body, 'from') ?? startOfDay(addDays(today, -USUAL_DAYS), zone),
    to: optionalInstant(body, 'to') ?? endOfDay(today, zone),
  }
}

function presentCompared({ reference, tolerance }: Shown): WireReferencePreview['before'] {
  return {
    reference: reference && { value: reference.value, display: referenceDisplay(reference) },
    tolerance: tolerance && { id: tolerance.id, name: tolerance.name },
  }
}
