import type { Context } from '../../context.ts'
import { zoneDay } from '../../core/calendar.ts'
import { invalidInput } from '../../core/refusal.ts'
import { applyChanges } from './apply-changes.ts'
import { comment, dayValue } from './attribute-values.ts'
import { requireEditor } from './author.ts'
import {
  describeEntity,
  type Entity,
  type EntityJudgement,
  JUDGEMENTS,
  ownJudgement,
} from './domain/entity.ts'
import type { SourceReading } from './domain/measurement.ts'
import { pythonText } from './domain/python-text.ts'
import { reviewDay } from './domain/response-times.ts'
import { type KeptMeasurement, latestMeasurement, measureMetricAgain } from './measure-again.ts'
import { atPlace, idsOf, type Place } from './place.ts'
import type { Quality } from './quality.ts'
import { noSuch } from './visible-reports.ts'

const ATTRIBUTES = ['status', 'status_end_date', 'rationale'] as const
export type JudgedAttribute = (typeof ATTRIBUTES)[number]

export function parseJudgedAttribute(name: string): JudgedAttribute {
  const found = ATTRIBUTES.find((each) => each === name)
  if (!found) throw invalidInput(name, `There is no attribute ${name} that can be changed.`)
  return found
}

export type Judging = {
  readonly metricId: string
  readonly sourceId: string
  readonly entityKeys: readonly string[]
  /** what is said; what is left out stays */
  readonly said: Readonly<Partial<Record<JudgedAttribute, unknown>>>
}

const MOST_AT_ONCE = 250

/** Says something about what a source counted, for one entity or many, and judges the metric anew at once. */
export async function judgeEntities(
  ctx: Context,
  quality: Quality,
  judging: Judging,
): Promise<KeptMeasurement> {
  await requireEditor(ctx, quality, 'edit_entities')
  const { metricId, sourceId, entityKeys } = judging
  if (entityKeys.length === 0 || entityKeys.length > MOST_AT_ONCE)
    throw invalidInput('entityKeys', `Choose from 1 to ${MOST_AT_ONCE} entities.`)
  return atPlace(ctx, 'metric', metricId, async (tx, place) => {
    const latest = await latestMeasurement(tx, metricId)
    const reading = latest?.sources.find((source) => source.sourceId === sourceId)
    if (!latest || !reading) throw noSuch('source', sourceId)
    const said = checkSaid(judging.said, place, zoneDay(tx.now(), tx.zone))
    const entities = entityKeys.map((key) => findEntity(reading, key))
    const change = await applyChanges(
      tx,
      quality,
      {
        action: 'judge-entity',
        itemId: sourceId,
        text: textOfJudging(reading, entities, said),
        around: [...idsOf(place), sourceId],
        before: Object.fromEntries(
          entityKeys.map((key) => [key, ownJudgement(reading.judgements, key) ?? null]),
        ),
        after: said,
        reportIds: [place.report.id],
      },
      [],
    )
    const judgements = {
      ...reading.judgements,
      ...Object.fromEntries(
        entityKeys.map((key) => [key, { ...ownJudgement(reading.judgements, key), ...said }]),
      ),
    }
    const sources = latest.sources.map((source) => (source === reading ? { ...source, judgements } : source))
    const made = await measureMetricAgain(tx, metricId, { sources, changeId: change.id })
    if (!made) throw noSuch('metric', metricId)
    return made
  })
}

function findEntity({ entities }: SourceReading, key: string): Entity {
  const found = entities.find((entity) => entity.key === key)
  if (!found) throw noSuch('entity', key)
  return found
}

/** A status comes with the day on which it should be looked at again. */
function checkSaid(
  said: Judging['said'],
  { report }: Place,
  today: ReturnType<typeof zoneDay>,
): EntityJudgement {
  const checked: { status?: string; status_end_date?: string | null; rationale?: string | null } = {}
  if (said.status !== undefined) {
    const status = JUDGEMENTS.find((each) => each === said.status)
    if (!status) throw invalidInput('status', `This must be one of ${JUDGEMENTS.join(', ')}.`)
    checked.status = status
    checked.status_end_date = reviewDay(report.attributes.desired_response_times, status, today)
  }
  if (said.status_end_date !== undefined) {
    const day = dayValue('status_end_date', said.status_end_date)
    checked.status_end_date = typeof day === 'string' ? day : null
  }
  if (said.rationale !== undefined) checked.rationale = String(comment('rationale', said.rationale))
  return checked
}

function textOfJudging(reading: SourceReading, entities: readonly Entity[], said: EntityJudgement): string {
  const [only] = entities
  if (entities.length !== 1 || !only) {
    const parts = Object.entries(said).map(
      ([name, value]) => `the ${wordsOf(name)} to '${pythonText(value)}'`,
    )
    return ` changed ${parts.join(' and ')} of ${entities.length} entities.`
  }
  const before: Readonly<Record<string, unknown>> = ownJudgement(reading.judgements, only.key) ?? {}
  const changes = Object.entries(said).map(([name, value], index) => {
    const of = index === 0 ? ` of '${describeEntity(only)}'` : ''
    return `changed the ${wordsOf(name)}${of} from '${pythonText(before[name] ?? '')}' to '${pythonText(value)}'`
  })
  return ` ${changes.join(' and ')}.`
}

function wordsOf(name: string): string {
  return name.replaceAll('_', ' ')
}
