import type { Actor } from '../../../core/actor.ts'
import { hasPermission } from '../../../core/actor.ts'
import { all, type Condition, compare, EVERYTHING, equals, related } from '../../../core/query.ts'
import { code, text } from '../../../core/record.ts'

/**
 * What every object of the laboratory carries: an identifier that is never used for anything else (32 hexadecimal
 * digits), a name within its folder, and the path that follows from both (specification 2.4).
 */
export const OBJECT_FIELDS = {
  uid: code({ required: true, unique: true, readOnly: true, maxLength: 32, label: 'UID' }),
  objectId: text({ required: true, readOnly: true, search: true, label: 'Id' }),
  path: code({ required: true, unique: true, readOnly: true, maxLength: 1000 }),
}

/** Whoever holds it sees all clients; everybody else only those they are a contact of. */
export const SEES_ALL_CLIENTS = 'lims.laboratory.view'

/** The clients that an actor may know of. */
export function clientsOf(actor: Actor): Condition {
  if (hasPermission(actor, SEES_ALL_CLIENTS)) return EVERYTHING
  const user = actor.kind === 'user' ? actor.id : 0
  return related('contacts', all(equals('user', user), compare('retiredAt', 'isnull', true)))
}

/** Rows that belong to a client by their field `client`. */
export function ofOwnClient(actor: Actor): Condition {
  return hasPermission(actor, SEES_ALL_CLIENTS) ? EVERYTHING : related('client', clientsOf(actor))
}

/** Rows of the laboratory itself, for everybody, and those of clients within their scope. */
export function ofLaboratoryOrOwnClient(actor: Actor): Condition {
  if (hasPermission(actor, SEES_ALL_CLIENTS)) return EVERYTHING
  return { kind: 'any', of: [compare('client', 'isnull', true), ofOwnClient(actor)] }
}

/** Rows that belong to a request by their field `request`. */
export function ofOwnRequest(actor: Actor): Condition {
  return hasPermission(actor, SEES_ALL_CLIENTS) ? EVERYTHING : related('request', ofOwnClient(actor))
}

/** Rows that belong to a sample by their field `sample`. */
export function ofOwnSample(actor: Actor): Condition {
  return hasPermission(actor, SEES_ALL_CLIENTS) ? EVERYTHING : related('sample', ofOwnClient(actor))
}

/** Set-up of the laboratory: everybody reads it, whoever manages the laboratory writes it. */
export const SETUP_PERMISSIONS = {
  add: 'lims.setup.change',
  change: 'lims.setup.change',
  retire: 'lims.setup.change',
}

/** As {@link SETUP_PERMISSIONS}, for what is no business of clients. */
export const INTERNAL_SETUP_PERMISSIONS = { ...SETUP_PERMISSIONS, view: SEES_ALL_CLIENTS }
