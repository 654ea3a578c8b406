import { invalidInput } from '../../core/refusal.ts'
import { acceptDebt } from '../../modules/quality/accept-debt.ts'
import { changeAttribute, type EditedKind } from '../../modules/quality/change-attribute.ts'
import { changeOverview } from '../../modules/quality/change-overview.ts'
import { changeParameter, EDIT_SCOPES } from '../../modules/quality/change-parameter.ts'
import {
  changeDestination,
  changeIssueTracker,
  changeTag,
  deleteDestination,
  makeDestination,
} from '../../modules/quality/change-report-parts.ts'
import { type Availability, checkSource, checkTracker } from '../../modules/quality/check-availability.ts'
import { copyItem, copyReport } from '../../modules/quality/copy-item.ts'
import { deleteItem } from '../../modules/quality/delete-item.ts'
import { objectOf } from '../../modules/quality/domain/report-tree.ts'
import { changeOf } from '../../modules/quality/find-measurements.ts'
import { judgeEntities, parseJudgedAttribute } from '../../modules/quality/judge-entities.ts'
import { makeItem, makeReport } from '../../modules/quality/make-item.ts'
import type { KeptMeasurement } from '../../modules/quality/measure-again.ts'
import { type MovedKind, moveItem } from '../../modules/quality/move-item.ts'
import { movePosition, parsePosition } from '../../modules/quality/move-position.ts'
import type { Quality } from '../../modules/quality/quality.ts'
import { type Endpoint, type Exchange, valueIn } from './endpoint.ts'
import { presentMeasurement } from './present-measurement.ts'

const OK = { ok: true }

type Method = Endpoint['method']

function editing(method: Method, path: string, description: string, handle: Endpoint['handle']): Endpoint {
  return { method, path, description, needs: 'session', handle }
}

/** Everything that changes reports. */
export function editEndpoints(quality: Quality): readonly Endpoint[] {
  return [
    editing(
      'POST',
      '/reports_overview/attribute/<attribute>',
      'Change an attribute of the overview.',
      async ({ ctx, part, body }) => {
        const attribute = part('attribute')
        await changeOverview(ctx, quality, attribute, valueIn(body(), attribute))
        return OK
      },
    ),
    editing('POST', '/report/new', 'Make a new report.', async ({ ctx }) => ({
      ok: true,
      new_report_uuid: await makeReport(ctx, quality),
    })),
    editing('POST', '/report/<report_uuid>/copy', 'Copy a report.', async ({ ctx, part }) => ({
      ok: true,
      new_report_uuid: await copyReport(ctx, quality, part('report_uuid')),
    })),
    ...reportParts(quality),
    ...items(quality),
    ...attributes(quality),
    ...measuring(quality),
  ]
}

function reportParts(quality: Quality): readonly Endpoint[] {
  return [
    editing(
      'POST',
      '/report/<report_uuid>/issue_tracker/<attribute>',
      'Change the issue tracker of a report.',
      (exchange) => editTracker(exchange, quality),
    ),
    ...['<tag>', ''].flatMap((tag): readonly Endpoint[] => [
      editing(
        'DELETE',
        `/report/<report_uuid>/tag/${tag}`,
        'Remove a tag from all metrics of a report.',
        (exchange) => editTag(exchange, quality, tag === '' ? '' : exchange.part('tag')),
      ),
      editing(
        'POST',
        `/report/<report_uuid>/tag/${tag}`,
        'Rename a tag of all metrics of a report.',
        (exchange) =>
          editTag(exchange, quality, tag === '' ? '' : exchange.part('tag'), valueIn(exchange.body(), 'tag')),
      ),
    ]),
    editing(
      'POST',
      '/report/<report_uuid>/notification_destination/new',
      'Add a place that is told of changes.',
      async ({ ctx, part, body }) => {
        const url = body().report_url
        const id = await makeDestination(
          ctx,
          quality,
          part('report_uuid'),
          typeof url === 'string' ? url : '',
        )
        return { ok: true, new_destination_uuid: id }
      },
    ),
    editing(
      'DELETE',
      '/report/<report_uuid>/notification_destination/<destination_uuid>',
      'Remove a place that is told of changes.',
      async ({ ctx, part }) => {
        await deleteDestination(ctx, quality, part('report_uuid'), part('destination_uuid'))
        return OK
      },
    ),
    editing(
      'POST',
      '/report/<report_uuid>/notification_destination/<destination_uuid>/attributes',
      'Change a place that is told of changes.',
      async ({ ctx, part, body }) => {
        await changeDestination(ctx, quality, {
          reportId: part('report_uuid'),
          id: part('destination_uuid'),
          attributes: body(),
        })
        return OK
      },
    ),
  ]
}

const TRIED: readonly string[] = ['type', 'url', 'username', 'password', 'private_token']

async function editTracker({ ctx, part, body }: Exchange, quality: Quality): Promise<unknown> {
  const [reportId, attribute] = [part('report_uuid'), part('attribute')]
  const tracker = await changeIssueTracker(ctx, quality, {
    reportId,
    attribute,
    value: valueIn(body(), attribute),
  })
  const isSet = tracker.type !== '' && TRIED.includes(attribute)
  const found = isSet ? await checkTracker(quality, tracker.parameters) : undefined
  return {
    ok: true,
    ...(found ? { availability: { status_code: found.statusCode, reason: found.reason } } : {}),
  }
}

async function editTag(
  { ctx, part }: Exchange,
  quality: Quality,
  tag: string,
  given?: unknown,
): Promise<unknown> {
  if (given !== undefined && typeof given !== 'string') throw invalidInput('tag', 'This must be text.')
  const renamed = given === undefined ? {} : { renamed: given }
  const { hasFound, title } = await changeTag(ctx, quality, {
    reportId: part('report_uuid'),
    tag,
    ...renamed,
  })
  return hasFound ? OK : { ok: false, error: `Cannot find tag '${tag}' in report '${title}'.` }
}

type Placed = { readonly kind: MovedKind; readonly parent: 'report' | 'subject' | 'metric' }

const PLACED: readonly Placed[] = [
  { kind: 'subject', parent: 'report' },
  { kind: 'metric', parent: 'subject' },
  { kind: 'source', parent: 'metric' },
]

function items(quality: Quality): readonly Endpoint[] {
  return [
    editing('DELETE', '/report/<report_uuid>', 'Delete a report.', async ({ ctx, part }) => {
      await deleteItem(ctx, quality, { kind: 'report', id: part('report_uuid') })
      return OK
    }),
    ...PLACED.flatMap(({ kind, parent }): readonly Endpoint[] => [
      editing(
        'POST',
        `/${kind}/new/<${parent}_uuid>`,
        `Add a new ${kind} to a ${parent}.`,
        async ({ ctx, part, body }) => ({
          ok: true,
          [`new_${kind}_uuid`]: await makeItem(
            ctx,
            quality,
            newItem(kind, part(`${parent}_uuid`), typeIn(body())),
          ),
        }),
      ),
      editing(
        'POST',
        `/${kind}/<${kind}_uuid>/copy/<${parent}_uuid>`,
        `Copy a ${kind} to a ${parent}.`,
        async ({ ctx, part }) => ({
          ok: true,
          [`new_${kind}_uuid`]: await copyItem(ctx, quality, {
            kind,
            id: part(`${kind}_uuid`),
            to: part(`${parent}_uuid`),
          }),
        }),
      ),
      editing(
        'POST',
        `/${kind}/<${kind}_uuid>/move/<${parent}_uuid>`,
        `Move a ${kind} to a ${parent}.`,
        async ({ ctx, part }) => {
          await moveItem(ctx, quality, { kind, id: part(`${kind}_uuid`), to: part(`${parent}_uuid`) })
          return OK
        },
      ),
      editing('DELETE', `/${kind}/<${kind}_uuid>`, `Delete a ${kind}.`, async ({ ctx, part }) => {
        await deleteItem(ctx, quality, { kind, id: part(`${kind}_uuid`) })
        return OK
      }),
    ]),
  ]
}

function typeIn(body: Readonly<Record<string, unknown>>): string {
  const type = valueIn(body, 'type')
  if (typeof type !== 'string') throw invalidInput('type', 'This must be text.')
  return type
}

function newItem(kind: MovedKind, parentId: string, type: string) {
  switch (kind) {
    case 'subject':
      return { kind, reportId: parentId, type } as const
    case 'metric':
      return { kind, subjectId: parentId, type } as const
    case 'source':
      return { kind, metricId: parentId, type } as const
  }
}

const EDITED: readonly EditedKind[] = ['report', 'subject', 'metric', 'source']

function attributes(quality: Quality): readonly Endpoint[] {
  return [
    ...EDITED.map((kind) =>
      editing(
        'POST',
        `/${kind}/<${kind}_uuid>/attribute/<attribute>`,
        `Change an attribute of a ${kind}.`,
        (exchange) => editAttribute(exchange, quality, kind),
      ),
    ),
    editing(
      'POST',
      '/source/<source_uuid>/parameter/<parameter_key>',
      'Change a parameter of a source, and of others like it.',
      (exchange) => editParameter(exchange, quality),
    ),
  ]
}

async function editAttribute(
  { ctx, part, body }: Exchange,
  quality: Quality,
  kind: EditedKind,
): Promise<unknown> {
  const [id, attribute] = [part(`${kind}_uuid`), part('attribute')]
  const value = valueIn(body(), attribute)
  const isIndex = kind === 'metric' && attribute === 'position_index'
  if (kind !== 'report' && (attribute === 'position' || isIndex)) {
    await movePosition(ctx, quality, { kind, id, position: isIndex ? Number(value) : parsePosition(value) })
    return OK
  }
  const { measurement } = await changeAttribute(ctx, quality, { kind, id, attribute, value })
  return measurement ? presentNew({ ctx }, measurement) : OK
}

async function editParameter({ ctx, part, body }: Exchange, quality: Quality): Promise<unknown> {
  const [sourceId, key] = [part('source_uuid'), part('parameter_key')]
  const given = body()
  const scope = EDIT_SCOPES.find((each) => each === (given.edit_scope ?? 'source'))
  if (!scope) throw invalidInput('edit_scope', `This must be one of ${EDIT_SCOPES.join(', ')}.`)
  const edit = { sourceId, key, value: valueIn(given, key), scope }
  const { changedSources, source, hasChanged } = await changeParameter(ctx, quality, edit)
  const found = hasChanged ? await checkSource(quality, source.attributes, key) : undefined
  return {
    ok: true,
    nr_sources_mass_edited: changedSources,
    availability: presentAvailability(found, sourceId),
  }
}

function presentAvailability(found: Availability | undefined, sourceId: string) {
  if (!found) return {}
  const { statusCode, reason, parameterKey } = found
  return { status_code: statusCode, reason, parameter_key: parameterKey, source_uuid: sourceId }
}

function measuring(quality: Quality): readonly Endpoint[] {
  return [
    editing(
      'POST',
      '/metric/<metric_uuid>/debt',
      'Accept the value of a metric as technical debt, or stop accepting it.',
      async ({ ctx, part, body }) => {
        const accept = valueIn(body(), 'accept_debt')
        if (typeof accept !== 'boolean') throw invalidInput('accept_debt', 'This must be true or false.')
        const made = await acceptDebt(ctx, quality, { metricId: part('metric_uuid'), accept })
        return made ? presentNew({ ctx }, made) : OK
      },
    ),
    editing(
      'POST',
      '/measurement/<metric_uuid>/source/<source_uuid>/entity/<entity_key>/<attribute>',
      'Say something about an entity that a source counted.',
      async ({ ctx, part, body }) => {
        const attribute = parseJudgedAttribute(part('attribute'))
        const made = await judgeEntities(ctx, quality, {
          metricId: part('metric_uuid'),
          sourceId: part('source_uuid'),
          entityKeys: [part('entity_key')],
          said: { [attribute]: valueIn(body(), attribute) },
        })
        return presentNew({ ctx }, made)
      },
    ),
  ]
}

async function presentNew({ ctx }: Pick<Exchange, 'ctx'>, measurement: KeptMeasurement): Promise<unknown> {
  const delta = await changeOf(ctx, measurement)
  const shown = delta && { description: delta.description, email: delta.email, uuids: delta.uuids }
  return { ok: true, ...objectOf(presentMeasurement(measurement, { showsIssues: true, delta: shown })) }
}
