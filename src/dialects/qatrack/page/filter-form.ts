import type { FastifyRequest } from 'fastify'
import { escapeHtml } from '../../../platform/html/escape-html.ts'
import type { Endpoint } from '../endpoint.ts'
import type { WireFilter, WireResource } from '../resources/wire-resource.ts'
import { parametersOf } from '../wire/parameters.ts'

/** The filters of a list as a form that changes the address; empty fields do not filter. */
export function filterForm(request: FastifyRequest, { kind, resource }: Endpoint): string {
  if (kind !== 'list' || !resource) return ''
  const given = parametersOf(request)
  const inputs = filterInputs(request, resource)
  const fields = inputs.map(({ name, label, kind: inputKind }) =>
    field(name, label, inputKind, given.get(name) ?? ''),
  )
  const isFiltered = inputs.some(({ name }) => (given.get(name) ?? '') !== '')
  return `<details${isFiltered ? ' open' : ''}><summary>Filter and order</summary><form method="get"><div class="fields">
${[...fields, orderField(resource, given.get('ordering') ?? ''), field('limit', 'Results per page', 'number', given.get('limit') ?? '')].join('\n')}
</div><button>Apply</button></form></details>`
}

type Input = {
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'number' | 'truth' | 'date'
}

function filterInputs({ ctx }: FastifyRequest, { filters, record }: WireResource): readonly Input[] {
  const declared = ctx.catalogue.get(record)
  return Object.entries(filters).flatMap(([name, filter]): Input[] => {
    const isTruth = filter.kind === 'field' && declared.fields[filter.field]?.kind === 'boolean'
    return isTruth ? [{ name, label: words(name), kind: 'truth' }] : inputsOf(name, filter)
  })
}

function inputsOf(name: string, filter: WireFilter): Input[] {
  const label = words(name)
  if (filter.kind !== 'field') return [{ name, label: `${label} (id)`, kind: 'number' }]
  const lookups = filter.lookups.split(' ')
  const inputs: Input[] = []
  if (lookups.includes('IC'))
    inputs.push({ name: `${name}__icontains`, label: `${label} contains`, kind: 'text' })
  else if (lookups.includes('E') && !lookups.includes('mm')) inputs.push({ name, label, kind: 'text' })
  if (lookups.includes('gte')) {
    inputs.push({ name: `${name}__gte`, label: `${label} at least`, kind: 'text' })
    inputs.push({ name: `${name}__lte`, label: `${label} at most`, kind: 'text' })
  }
  if (lookups.includes('mm')) {
    inputs.push({ name: `${name}_min`, label: `${label} from`, kind: 'date' })
    inputs.push({ name: `${name}_max`, label: `${label} until the start of`, kind: 'date' })
  }
  return inputs
}

function field(name: string, label: string, kind: Input['kind'], value: string): string {
  const caption = escapeHtml(label)
  if (kind !== 'truth') {
    return `<label>${caption}<input type="${kind}" name="${escapeHtml(name)}" value="${escapeHtml(value)}"></label>`
  }
  const options = [
    ['', 'Any'],
    ['true', 'Yes'],
    ['false', 'No'],
  ].map(([word = '', text]) => `<option value="${word}"${word === value ? ' selected' : ''}>${text}</option>`)
  return `<label>${caption}<select name="${escapeHtml(name)}">${options.join('')}</select></label>`
}

function orderField({ fields, ordering = fields }: WireResource, value: string): string {
  const choices = ['', ...ordering.flatMap((name) => [name, `-${name}`])]
  if (value !== '' && !choices.includes(value)) choices.push(value)
  const options = choices.map((name) => {
    const text =
      name === '' ? 'As usual' : name.startsWith('-') ? `${words(name.slice(1))}, descending` : words(name)
    return `<option value="${escapeHtml(name)}"${name === value ? ' selected' : ''}>${escapeHtml(text)}</option>`
  })
  return `<label>Order<select name="ordering">${options.join('')}</select></label>`
}

/** `Work completed` from `work_completed`. */
function words(name: string): string {
  const spaced = name.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
