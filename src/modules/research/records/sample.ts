import type { Quantity } from '../../../core/quantity/quantity.ts'
import {
  choice,
  day,
  defineRecord,
  instant,
  integer,
  inverse,
  json,
  type Row,
  reference,
  text,
} from '../../../core/record.ts'
import type { InfoProblem } from '../domain/info-problem.ts'
import { visibleInProject } from './scope.ts'

/** A sample. Made, changed, split, pooled and binned by verbs of their own; what is in the bin is nobody's to see here. */
export const sampleRecord = defineRecord({
  name: 'research.sample',
  table: 'research_sample',
  path: 'samples',
  label: { one: 'Sample', many: 'Samples' },
  titleField: 'sampleId',
  order: ['-id'],
  writer: 'verbs',
  retirable: false,
  large: true,
  permissions: {
    add: 'research.sample.add',
    change: 'research.sample.change',
    retire: 'research.sample.remove',
  },
  listFields: ['sampleId', 'name', 'sampleType', 'project', 'institute', 'dateCreated', 'parent', 'state'],
  fields: {
    sampleId: text({ label: 'Sample id', required: true, maxLength: 20, search: true }),
    name: text({ label: 'Name', required: true, search: true }),
    state: choice(
      { draft: 'Draft', active: 'Active', consumed: 'Consumed', archived: 'Archived' },
      { label: 'State', default: 'active' },
    ),
    dateCreated: day({ label: 'Made on', required: true }),
    sampleType: reference('research.sample-type', { label: 'Sample type', required: true }),
    typeVersion: reference('research.sample-type-version', { label: 'Version of the type', required: true }),
    institute: reference('research.institute', { label: 'Institute', required: true }),
    project: reference('research.project', { label: 'Project', required: true }),
    method: reference('research.method', { label: 'Made by' }),
    parent: reference('research.sample', { label: 'Parent' }),
    user: reference('access.user', { label: 'Registered by' }),
    location: text({ label: 'Location', search: true }),
    amount: json<Quantity>({ label: 'Amount' }),
    info: json<Readonly<Record<string, unknown>>, { label: string; required: true }>({
      label: 'Sample info',
      required: true,
    }),
    warnings: json<readonly InfoProblem[]>({ label: 'Warnings' }),
    warningCount: integer({ label: 'Warnings', default: 0 }),
    infoFile: text({ label: 'Sample info file' }),
    supplementaryFile: text({ label: 'Supplementary file' }),
    revision: integer({ label: 'Revision', default: 1 }),
    origin: json<Readonly<Record<string, unknown>>>({ label: 'Imported from' }),
    binnedAt: instant({ label: 'In the bin since' }),
    binnedBy: reference('access.user', { label: 'Put into the bin by' }),
    children: inverse('research.sample', 'parent', 'Children'),
    experiments: inverse('research.experiment', 'sample', 'Experiments'),
  },
  scope: visibleInProject,
})

export type Sample = Row<typeof sampleRecord> & {
  readonly createdAt: Date
  readonly modifiedAt: Date
}
