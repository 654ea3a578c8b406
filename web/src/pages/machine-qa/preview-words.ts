import type { WireReferencePreview } from '../../../../src/dialects/native/machine-qa/program.schema.ts'

/** What a preview says in one sentence. */
export function previewWords({
  total,
  complete,
  changedTotal,
}: Pick<WireReferencePreview, 'total' | 'complete' | 'changedTotal'>): string {
  if (total === 0) return 'Nothing was measured in this time.'
  const results = total === 1 ? 'The one result' : `${complete ? 'All' : 'The newest'} ${total} results`
  if (changedTotal === 0) return `${results} would be judged as before.`
  return `${changedTotal} of ${total} ${total === 1 ? 'result' : 'results'} would be judged differently${
    complete ? '' : '; older ones were not looked at'
  }.`
}
