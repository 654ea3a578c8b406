import { type Actor, type CredentialKind, hasPermission } from './core/actor.ts'
import { RefusedError } from './core/refusal.ts'
import type { BlobStore } from './platform/blobs/blob-store.ts'
import type { Database, DatabaseHandle } from './platform/database/database.ts'
import type { Catalogue } from './platform/records/catalogue.ts'
import type { AnyRow } from './platform/records/row-codec.ts'

/** Where a request came from, as the audit trail records it. */
export type Origin = {
  readonly requestId: string
  readonly credential: CredentialKind
  readonly address?: string
}

/** What a verb needs besides its arguments: the first argument of every verb. */
export type Context = {
  readonly database: DatabaseHandle
  /** the open transaction inside `inTransaction`, otherwise the database itself */
  readonly db: Database
  readonly inTransaction: boolean
  readonly catalogue: Catalogue
  readonly recordHooks: RecordHooks
  readonly blobs: BlobStore
  readonly actor: Actor
  readonly origin: Origin
  /** IANA name of the site's zone */
  readonly zone: string
  readonly now: () => Date
}

/** Refuses unless the actor holds the permission. */
export function requirePermission(ctx: Context, permission: string): void {
  if (hasPermission(ctx.actor, permission)) return
  if (ctx.actor.kind === 'anonymous') throw new RefusedError({ kind: 'not-authenticated' })
  throw new RefusedError({ kind: 'not-permitted', permission })
}

/** Runs in the transaction that is already open, or in one of its own. */
export function inTransaction<T>(ctx: Context, run: (tx: Context) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return run(ctx)
  return ctx.database.transaction((db) => run({ ...ctx, db, inTransaction: true }))
}

/** The same request as another actor, for work that the system does on a caller's behalf. */
export function asSystem(ctx: Context, name: string): Context {
  return { ...ctx, actor: { kind: 'system', name }, origin: { ...ctx.origin, credential: 'system' } }
}

/** What modules add to the generic verbs of their records, by record name. */
export type RecordHooks = ReadonlyMap<string, RecordHook>

/** All but `check` run inside the verb's transaction. */
export type RecordHook = {
  /**
   * Refuses what takes long to find out, such as the syntax of a program, before the transaction is opened; `before`
   * is absent for a new record.
   */
  readonly check?: (
    ctx: Context,
    values: Readonly<Record<string, unknown>>,
    before: AnyRow | undefined,
  ) => Promise<void>
  /**
   * Derives and checks values before they are stored; `before` is absent for a new record.
   * Gives the values to store; refuses with `invalid-input` what contradicts another field or row.
   */
  readonly beforeSave?: (
    tx: Context,
    values: Readonly<Record<string, unknown>>,
    before: AnyRow | undefined,
  ) => Promise<Record<string, unknown>>
  /** Keeps true what depends on the record, once it is stored, retired or removed (`after` absent). */
  readonly afterSave?: (tx: Context, after: AnyRow | undefined, before: AnyRow | undefined) => Promise<void>
}
