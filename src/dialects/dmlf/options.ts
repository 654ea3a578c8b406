/** What OPTIONS tells about the fields of a resource that can be written. */
type ActionField = Readonly<Record<string, unknown>>

function action(type: string, label: string, required: boolean, rest: ActionField = {}): ActionField {
  return { type, required, read_only: false, label, ...rest }
}

const NAME = action('string', 'Name', true, { max_length: 255 })
const REGISTERED = { type: 'datetime', required: false, read_only: true, label: 'Date registered' }
const USER = { type: 'field', required: false, read_only: true, label: 'User' }

export function sampleActions(): Readonly<Record<string, ActionField>> {
  return {
    sample_id: action('string', 'Sample id', true, {
      help_text: 'a unique 20-character identifier for the sample',
      min_length: 20,
      max_length: 20,
    }),
    name: NAME,
    date_created: action('date', 'Date created', true),
    sample_info: action('file upload', 'Sample info', true, { max_length: 100 }),
    supplementary_file: action('file upload', 'Supplementary file', false, { max_length: 100 }),
    date_registered: REGISTERED,
    institute: action('field', 'Institute', true),
    method: action('field', 'Method', false),
    project: action('field', 'Project', true),
    sample_type: action('field', 'Sample type', true),
    user: USER,
    parent: action('field', 'Parent', false),
  }
}

export function experimentActions(): Readonly<Record<string, ActionField>> {
  return {
    id: { type: 'integer', required: false, read_only: true, label: 'ID' },
    name: NAME,
    date_created: action('date', 'Date created', true),
    experiment_file: action('file upload', 'Experiment file', true, { max_length: 100 }),
    date_registered: REGISTERED,
    sample: action('field', 'Sample', true),
    method: action('field', 'Method', true),
    staff: action('field', 'Staff', true),
    project: action('field', 'Project', true),
    user: USER,
  }
}
