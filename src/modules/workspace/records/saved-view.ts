import { all, type Condition, compare, equals } from '../../../core/query.ts'
import { boolean, defineRecord, integer, reference, text } from '../../../core/record.ts'

/** A list with its filters, order and columns under a name: its owner's, or everybody's. */
export const savedViewRecord = defineRecord({
  name: 'workspace.saved-view',
  table: 'workspace_saved_view',
  path: 'saved-views',
  label: { one: 'Saved view', many: 'Saved views' },
  description: 'Filters, order and columns of a list under a name. Shared ones are tabs for everybody.',
  titleField: 'name',
  order: ['list', 'position', 'name'],
  listFields: ['name', 'list', 'owner', 'shared', 'query'],
  // people reach their own by the verbs of this module; the generic list is for administration
  writer: 'verbs',
  retirable: false,
  permissions: { view: 'workspace.saved-view.manage' },
  scope: (actor): Condition => {
    const shared = equals('shared', true)
    if (actor.kind === 'system') return all()
    return actor.kind === 'user' ? { kind: 'any', of: [shared, compare('owner', 'exact', actor.id)] } : shared
  },
  fields: {
    owner: reference('access.user', { label: 'Owner', required: true, readOnly: true }),
    list: text({
      label: 'List',
      help: 'Name of the list on the server, such as machine-qa.unit.',
      required: true,
      maxLength: 100,
      pattern: /^[a-z][a-z0-9]*([./-][a-z0-9]+)*$/,
    }),
    name: text({ label: 'Name', required: true, maxLength: 64 }),
    query: text({
      label: 'Query',
      help: 'As in the address bar, without “?”.',
      default: '',
      maxLength: 4000,
    }),
    shared: boolean({
      label: 'Shared',
      help: 'Everybody who may see the list has it as a tab.',
      default: false,
    }),
    position: integer({
      label: 'Position',
      help: 'Order of the tabs; equal ones come by name.',
      default: 0,
      min: -10_000,
      max: 10_000,
    }),
  },
})
