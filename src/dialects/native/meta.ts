import type { FastifyInstance } from 'fastify'
import { type Actor, hasPermission } from '../../core/actor.ts'
import { type Field, queryFields, type RecordType } from '../../core/record.ts'
import { OPEN } from './authenticate.ts'
import { addressOf } from './records.ts'

/** `GET /api/v1/meta`: the declarations that administration builds its tables and forms from. */
export function metaRoute(app: FastifyInstance): void {
  app.get('/api/v1/meta', OPEN, async (request) => {
    const { actor, catalogue } = request.ctx
    const visible = catalogue.records.filter((record) => hasPermission(actor, record.permissions.view))
    return { records: visible.map((record) => presentDeclaration(record, actor)) }
  })
}

function presentDeclaration(record: RecordType, actor: Actor) {
  const { permissions, writer } = record
  const may = (permission: string) => writer === 'generic' && hasPermission(actor, permission)
  return {
    name: record.name,
    module: record.module,
    path: addressOf(record),
    label: record.label,
    description: record.description,
    titleField: record.titleField,
    order: record.order,
    listFields: record.listFields,
    retirable: record.retirable,
    fields: Object.entries(queryFields(record))
      .filter(([, { kind }]) => kind !== 'inverse')
      .map(([name, field]) => presentField(name, field)),
    can: {
      view: true,
      add: may(permissions.add),
      change: may(permissions.change),
      retire: may(permissions.retire),
    },
  }
}

function presentField(name: string, field: Field) {
  return {
    name,
    label: field.label ?? humanise(name),
    kind: field.kind,
    required: field.required ?? false,
    nullable: field.nullable,
    readOnly: field.readOnly ?? false,
    searchable: field.search ?? false,
    unique: field.unique,
    maxLength: field.maxLength,
    min: field.min,
    max: field.max,
    unit: field.unit,
    choices: field.choices,
    target: field.target,
    default: field.default,
    help: field.help,
    group: field.group,
  }
}

/** `serialNumber` → `Serial number`. */
export function humanise(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
