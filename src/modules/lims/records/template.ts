import { boolean, defineRecord, json, longText, reference, references, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, ofLaboratoryOrOwnClient } from './object-fields.ts'

export type TemplatePartition = {
  readonly part_id: string
  readonly Container?: string
  readonly Preservation?: string
  readonly container_uid?: string
  readonly preservation_uid?: string
}

/** How a usual sample is registered, of the laboratory or of one client. */
export const template = defineRecord({
  name: 'lims.template',
  table: 'lims_template',
  path: 'templates',
  label: { one: 'Sample template', many: 'Sample templates' },
  titleField: 'title',
  listFields: ['title', 'client', 'sampleType', 'samplePoint'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    client: reference('lims.client', {}),
    samplePoint: reference('lims.sample-point', { label: 'Sample point' }),
    sampleType: reference('lims.sample-type', { label: 'Sample type' }),
    composite: boolean({ default: false }),
    reportDryMatter: boolean({ default: false, label: 'Report as dry matter' }),
    partitions: json<readonly TemplatePartition[]>({ default: [] }),
    analysisProfile: reference('lims.profile', { label: 'Profile' }),
    services: references(
      'lims.service',
      { table: 'lims_template_service', from: 'template_id', to: 'service_id', order: 'position' },
      {},
    ),
    servicePartitions: json<Readonly<Record<string, string>>>({
      default: {},
      label: 'Partition by service UID',
    }),
    analysisServicesSettings: json<readonly { readonly uid: string; readonly hidden: boolean }[]>({
      default: [],
      label: 'Hidden services',
    }),
    remarks: longText({}),
  },
  scope: ofLaboratoryOrOwnClient,
})
