import { all, compare, related } from '../../../core/query.ts'
import { boolean, choice, defineRecord, integer, type Row, reference, text } from '../../../core/record.ts'
import { visibleInProject, visibleProject } from './scope.ts'

/** A file of a sample, experiment, method or project; an earlier version of one stays. */
export const fileRecord = defineRecord({
  name: 'research.file',
  table: 'research_file',
  path: 'files',
  label: { one: 'File', many: 'Files' },
  titleField: 'name',
  order: ['-id'],
  writer: 'verbs',
  retirable: false,
  listFields: ['name', 'kind', 'size', 'mediaType', 'sha256', 'current'],
  fields: {
    kind: choice(
      {
        sample_info: 'Sample info',
        supplementary_file: 'Supplementary file',
        experiment_file: 'Experiment file',
        method_file: 'Method file',
        project_file: 'Project file',
        attachment: 'Attachment',
      },
      { label: 'Kind', required: true },
    ),
    sample: reference('research.sample', { label: 'Sample' }),
    experiment: reference('research.experiment', { label: 'Experiment' }),
    method: reference('research.method', { label: 'Method' }),
    project: reference('research.project', { label: 'Project' }),
    name: text({ label: 'Name', required: true, search: true, help: 'As it was uploaded.' }),
    sha256: text({ label: 'SHA-256', required: true, maxLength: 64 }),
    size: integer({ label: 'Size', required: true, unit: 'bytes' }),
    mediaType: text({ label: 'Media type', required: true, maxLength: 100 }),
    current: boolean({ label: 'Current', default: true }),
  },
  scope: (actor) =>
    all(
      { kind: 'any', of: [compare('sample', 'isnull', true), related('sample', visibleInProject(actor))] },
      {
        kind: 'any',
        of: [compare('experiment', 'isnull', true), related('experiment', visibleInProject(actor))],
      },
      { kind: 'any', of: [compare('project', 'isnull', true), related('project', visibleProject(actor))] },
    ),
})

export type ResearchFile = Row<typeof fileRecord> & { readonly createdAt: Date }
