import { related } from '../../../core/query.ts'
import {
  choice,
  day,
  defineRecord,
  longText,
  type Row,
  reference,
  references,
  text,
} from '../../../core/record.ts'
import { visibleProject } from './scope.ts'

/**
 * A step of the way that material takes: what goes in and what comes out. Every experiment has one; a parent that was
 * only named makes an implied one.
 */
export const runRecord = defineRecord({
  name: 'research.run',
  table: 'research_run',
  path: 'runs',
  label: { one: 'Step', many: 'Steps' },
  titleField: 'name',
  order: ['-id'],
  writer: 'verbs',
  retirable: false,
  fields: {
    name: text({ label: 'Name', required: true, search: true }),
    kind: choice(
      {
        experiment: 'Experiment',
        split: 'Split',
        pool: 'Pool',
        derive: 'Derivation',
        implied: 'Implied by a parent',
      },
      { label: 'Kind', required: true },
    ),
    project: reference('research.project', { label: 'Project', required: true }),
    method: reference('research.method', { label: 'Method' }),
    experiment: reference('research.experiment', { label: 'Experiment', unique: true }),
    performedOn: day({ label: 'Done on', required: true }),
    notes: longText({ label: 'Notes' }),
    inputs: references(
      'research.sample',
      { table: 'research_run_input', from: 'run_id', to: 'sample_id', order: 'position' },
      { label: 'Inputs' },
    ),
    outputs: references(
      'research.sample',
      { table: 'research_run_output', from: 'run_id', to: 'sample_id', order: 'position' },
      { label: 'Outputs' },
    ),
  },
  scope: (actor) => related('project', visibleProject(actor)),
})

export type Run = Row<typeof runRecord>
