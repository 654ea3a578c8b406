import type { Context } from '../../context.ts'
import type { OutgoingRules } from '../../platform/outgoing/outgoing-rules.ts'
import type { Access } from '../access/access.ts'
import type { OwnQuestion } from './domain/catalogue/own-source.data.ts'
import type { Entity } from './domain/entity.ts'
import type { Visibility } from './domain/visibility.ts'

/** What a part of the laboratory answers when a metric asks. */
export type OwnAnswer = {
  readonly value: number
  /** of how many, where a share makes sense */
  readonly total: number | null
  /** with keys that stay the same, and addresses of pages of our own in `url` */
  readonly entities: readonly Entity[]
}

/** One question that a part of the laboratory answers; `app.ts` passes them, since parts do not know one another. */
export type OwnPart = {
  /** permission of whoever may see what was counted; others see the number */
  readonly permission: string
  readonly read: (ctx: Context, filter: { readonly places: readonly string[] }) => Promise<OwnAnswer>
}

export type OwnParts = Readonly<Partial<Record<OwnQuestion, OwnPart>>>

export type QualitySettings = {
  /** of reports that are made here */
  readonly newVisibility: Visibility
  /** of reports that come as a file */
  readonly importVisibility: Visibility
  /** whether a report whose credentials cannot be read is imported without them */
  readonly importWithoutCredentials: boolean
}

/** What the verbs of this module need besides the context; made once at start. */
export type Quality = {
  readonly access: Access
  readonly settings: QualitySettings
  readonly ownParts: OwnParts
  /** which hosts sources may be on */
  readonly outgoing: OutgoingRules
}

/** Told which report changed (`report:<id>`), or that something was measured (`metric:<id>`). */
export const QUALITY_CHANNEL = 'quality'
