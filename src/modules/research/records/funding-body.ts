import { defineRecord, type Row, text } from '../../../core/record.ts'

export const fundingBodyRecord = defineRecord({
  name: 'research.funding-body',
  table: 'research_funding_body',
  path: 'funding-bodies',
  label: { one: 'Funding body', many: 'Funding bodies' },
  titleField: 'name',
  order: ['id'],
  fields: { name: text({ label: 'Name', required: true, unique: true, search: true }) },
})

export type FundingBody = Row<typeof fundingBodyRecord>
