import { boolean, day, defineRecord, type Row, reference, references, text } from '../../../core/record.ts'
import { visibleProject } from './scope.ts'

/** What samples and experiments are made for; one without funding is a project too. */
export const projectRecord = defineRecord({
  name: 'research.project',
  table: 'research_project',
  path: 'projects',
  label: { one: 'Project', many: 'Projects' },
  titleField: 'name',
  order: ['id'],
  listFields: [
    'name',
    'abbreviation',
    'fundingBody',
    'fundingPeriodStart',
    'fundingPeriodEnd',
    'confidential',
  ],
  fields: {
    name: text({ label: 'Name', required: true, search: true }),
    abbreviation: text({ label: 'Abbreviation', required: true, maxLength: 50, search: true }),
    fundingBody: reference('research.funding-body', { label: 'Funding body', required: true }),
    fundingNumber: text({ label: 'Funding number', required: true, maxLength: 50 }),
    fundingPeriodStart: day({ label: 'Funded from', required: true }),
    fundingPeriodEnd: day({ label: 'Funded until', required: true }),
    confidential: boolean({
      label: 'Confidential',
      default: false,
      help: 'Only its members know of it, its samples and its experiments.',
    }),
    members: references(
      'access.user',
      { table: 'research_project_member', from: 'project_id', to: 'user_id' },
      { label: 'Members' },
    ),
    file: text({ label: 'File', readOnly: true }),
  },
  scope: visibleProject,
})

export type Project = Row<typeof projectRecord>
