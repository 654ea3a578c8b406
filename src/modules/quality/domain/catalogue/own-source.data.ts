import { choice, list } from './parameter.ts'
import type { SourceType } from './source-type.ts'

/**
 * What the laboratory's own parts can be asked, by the shown word: each belongs to one kind of metric. The key stands
 * for it in the program.
 */
export const OWN_QUESTIONS = {
  'overdue QA': { key: 'overdue-qa', metric: 'issues' },
  'unreviewed QA sessions': { key: 'unreviewed-qa', metric: 'issues' },
  'samples late': { key: 'late-samples', metric: 'issues' },
  'experiments without files': { key: 'experiments-without-files', metric: 'issues' },
  'QA failures': { key: 'failed-qa', metric: 'violations' },
  'results out of specification': { key: 'out-of-specification', metric: 'violations' },
  'quality control failures': { key: 'failed-controls', metric: 'violations' },
  'failed background jobs': { key: 'failed-jobs', metric: 'failed_jobs' },
  'latest QA session': { key: 'latest-qa', metric: 'source_up_to_dateness' },
  'instrument certificates': { key: 'certificates', metric: 'time_remaining' },
  'turnaround of samples': { key: 'turnaround', metric: 'average_issue_lead_time' },
} as const

export type OwnQuestion = (typeof OWN_QUESTIONS)[keyof typeof OWN_QUESTIONS]['key']

function questionsOf(metric: string): readonly string[] {
  return Object.entries(OWN_QUESTIONS).flatMap(([word, question]) => (question.metric === metric ? [word] : []))
}

const METRICS = [...new Set(Object.values(OWN_QUESTIONS).map(({ metric }) => metric))]

/** This server itself: its parts answer without a request. */
export const TOUCHSTONE_SOURCE: SourceType = {
  name: 'Touchstone',
  description: 'The work of this laboratory: machine QA, samples, research data and background jobs.',
  homePage: '',
  metrics: METRICS,
  parameters: {
    ...Object.fromEntries(
      METRICS.map((metric) => [
        `question_${metric}`,
        choice(questionsOf(metric), { name: 'What is asked', mandatory: true, metrics: [metric] }),
      ]),
    ),
    places: list({ name: 'Units, clients or projects to include' }),
  },
}
