import { SourceFailure, type SourceReader, type SourceReaders } from '../collector/source-reader.ts'
import { OWN_QUESTIONS, TOUCHSTONE_SOURCE } from '../domain/catalogue/own-source.data.ts'
import { textOf, textsOf } from '../domain/report-tree.ts'

/** Asks a part of this laboratory itself. */
const ask: SourceReader = async ({ ctx, quality, metricType, parameters }) => {
  const word = textOf(parameters, `question_${metricType}`) ?? ''
  const question = Object.entries(OWN_QUESTIONS).find(([name]) => name === word)?.[1]
  if (question?.metric !== metricType) throw new SourceFailure('parse', 'It is not said what is asked.')
  const part = quality.ownParts[question.key]
  if (!part) throw new SourceFailure('connection', 'This part of the laboratory does not answer yet.')
  const { value, total, entities } = await part.read(ctx, { places: textsOf(parameters, 'places') })
  return {
    value: String(value),
    ...(total === null ? {} : { total: String(total) }),
    entities,
  }
}

/** The laboratory's own work, without a request. */
export const touchstone: SourceReaders = Object.fromEntries(
  TOUCHSTONE_SOURCE.metrics.map((metric) => [metric, ask]),
)

/** The question that a source asks, for whoever must know to whom it shows what was counted. */
export function questionOf(metricType: string, parameters: Readonly<Record<string, unknown>>) {
  const word = textOf(parameters, `question_${metricType}`) ?? ''
  return Object.entries(OWN_QUESTIONS).find(([name]) => name === word)?.[1].key
}
