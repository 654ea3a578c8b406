/**
 * What the pages of quality reports exchange with the server: plain JSON, instants as ISO-8601 text, days as
 * `YYYY-MM-DD`. HTML in comments is sanitised.
 */

/** null while nothing is known */
export type WireStatus =
  | 'informative'
  | 'target_met'
  | 'near_target_met'
  | 'target_not_met'
  | 'debt_target_met'
  | null

/** red target not met, green met, yellow nearly met, grey accepted debt, blue informative, white unknown */
export type WireStatusCounts = Readonly<
  Record<'red' | 'green' | 'yellow' | 'grey' | 'blue' | 'white', number>
>

export type WireVisibility = 'public' | 'signed-in' | 'named'

/** The place of a card on a dashboard; `i` is the id of a report or subject, or a tag. */
export type WireCard = {
  readonly i: string
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export type WireTagCounts = { readonly tag: string; readonly counts: WireStatusCounts }

export type WireReportHead = {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly visibility: WireVisibility
  readonly tags: readonly string[]
  readonly metricCount: number
  readonly counts: WireStatusCounts
  readonly changedAt: string
}

/** `GET /api/v1/quality/overview?at=` */
export type WireOverview = {
  readonly title: string
  readonly subtitle: string
  readonly comment: string
  readonly layout: readonly WireCard[] | null
  /** user names or e-mail addresses; empty where everybody with the permission may */
  readonly permissions: {
    readonly edit_reports: readonly string[]
    readonly edit_entities: readonly string[]
  }
  readonly mayEdit: boolean
  readonly counts: WireStatusCounts
  readonly tags: readonly WireTagCounts[]
  readonly reports: readonly WireReportHead[]
  /** reports that were deleted and that an editor may bring back */
  readonly at: string | null
}

/** What the browser must know to show a form field and to say what changed since it was read. */
export type WireAttributes = Readonly<Record<string, unknown>>

export type WireSource = {
  readonly id: string
  readonly type: string
  readonly typeName: string
  readonly name: string
  /** as stored: `name`, `type`, `copied_from` … ; secrets are masked */
  readonly attributes: WireAttributes
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
  /** whether this kind of source is read at all */
  readonly isRead: boolean
  /** why it does not suit the metric */
  readonly configurationError: string | null
  readonly value: string | null
  readonly total: string | null
  readonly connectionError: string | null
  readonly parseError: string | null
  readonly infoMessage: string | null
  readonly landingUrl: string | null
  readonly hasEntities: boolean
}

export type WireIssue = {
  readonly issueId: string
  readonly category: 'todo' | 'doing' | 'done' | null
  readonly name?: string
  readonly summary?: string
  readonly created?: string
  readonly updated?: string
  readonly dueDate?: string
  readonly releaseName?: string
  readonly releaseReleased?: boolean
  readonly releaseDate?: string
  readonly sprintName?: string
  readonly sprintState?: string
  readonly sprintEndDate?: string
  readonly landingUrl?: string
  readonly connectionError?: string
  readonly parseError?: string
}

/** A value on the scale of the metric from `start` to `end`. */
export type WirePoint = {
  readonly start: string
  readonly end: string
  readonly value: string | null
  readonly status: WireStatus
}

export type WireMetric = {
  readonly id: string
  readonly type: string
  readonly typeName: string
  readonly name: string
  readonly secondaryName: string
  /** as stored, where null stands for the default of the type: what an edit gives as `expected` */
  readonly attributes: WireAttributes
  readonly scale: 'count' | 'percentage' | 'version_number'
  readonly scales: readonly ('count' | 'percentage' | 'version_number')[]
  /** `<` where less is better */
  readonly direction: '<' | '>'
  readonly unit: string
  readonly unitSingular: string
  readonly target: string | null
  readonly nearTarget: string | null
  readonly debtTarget: string | null
  readonly acceptDebt: boolean
  readonly debtEndDate: string | null
  /** why debt that was accepted does not count; null where it does, or where there is none */
  readonly debtProblem: 'ended' | 'issues-done' | 'target-met' | null
  readonly evaluateTargets: boolean
  readonly tags: readonly string[]
  readonly comment: string
  readonly status: WireStatus
  readonly statusSince: string | null
  readonly requiresAction: boolean
  readonly value: string | null
  /** when the value was last seen to hold */
  readonly measuredAt: string | null
  /** until when somebody should have reacted */
  readonly deadline: string | null
  readonly daysLeft: number | null
  /** not measured for an hour */
  readonly isStale: boolean
  /** the sources were changed since */
  readonly isOutdated: boolean
  /** somebody asked for a measurement that has not come yet */
  readonly isRequested: boolean
  /** why it is not measured: without sources, one of them is not read yet, something mandatory is not filled in */
  readonly unmeasured: 'no-source' | 'no-reader' | 'incomplete' | null
  readonly sources: readonly WireSource[]
  readonly issueIds: readonly string[]
  readonly issues: readonly WireIssue[]
  /** one point a day over the last week, oldest first */
  readonly recent: readonly WirePoint[]
}

export type WireSubject = {
  readonly id: string
  readonly type: string
  readonly typeName: string
  readonly name: string
  readonly subtitle: string
  readonly comment: string
  readonly attributes: WireAttributes
  readonly counts: WireStatusCounts
  readonly metrics: readonly WireMetric[]
}

/** Somebody who is told when metrics change status. */
export type WireDestination = {
  readonly id: string
  readonly name: string
  readonly webhook: string
  readonly reportUrl: string
  readonly format: string
}

/** `GET /api/v1/quality/reports/{id}?at=&link=` */
export type WireReport = {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly comment: string
  readonly visibility: WireVisibility
  readonly layout: readonly WireCard[] | null
  /** days by status; null for no deadline */
  readonly responseTimes: Readonly<Record<string, number | null>>
  /** masked; null where there is none */
  readonly issueTracker: { readonly type: string; readonly parameters: WireAttributes } | null
  readonly destinations: readonly WireDestination[]
  readonly attributes: WireAttributes
  readonly changedAt: string
  /** the time travelled to; null for now */
  readonly at: string | null
  /** false while travelling in time */
  readonly mayEdit: boolean
  readonly mayJudge: boolean
  readonly counts: WireStatusCounts
  readonly tags: readonly WireTagCounts[]
  readonly subjects: readonly WireSubject[]
}

/** `GET /api/v1/quality/reports/{id}/dates?dates=2026-11-22,2026-11-15`: what metrics were at the end of days. */
export type WireReportDates = {
  readonly dates: readonly string[]
  readonly metrics: Readonly<
    Record<
      string,
      {
        /** in the order of the dates; null where nothing is known */
        readonly values: readonly (WirePoint | null)[]
        readonly overrunDays: number
        readonly overruns: readonly {
          readonly status: WireStatus
          readonly start: string
          readonly end: string
          readonly actualDays: number
          readonly desiredDays: number
        }[]
      }
    >
  >
}

/** `GET /api/v1/quality/metrics/{id}/trend?from=&to=`: thinned to at most two thousand points. */
export type WireTrend = { readonly points: readonly WirePoint[] }

export type WireEntity = {
  readonly key: string
  readonly firstSeen: string | null
  /** attributes by key, all as text */
  readonly attributes: Readonly<Record<string, string>>
  readonly status: 'unconfirmed' | 'confirmed' | 'false_positive' | 'wont_fix' | 'fixed'
  readonly statusEndDate: string | null
  readonly rationale: string
  readonly isIgnored: boolean
}

/** `GET /api/v1/quality/metrics/{id}/entities`: what each source of the newest measurement counted. */
export type WireMetricEntities = {
  readonly measuredAt: string | null
  readonly sources: readonly {
    readonly sourceId: string
    /** whether the actor may see them; without that right the list is empty */
    readonly isVisible: boolean
    readonly entityName: string
    readonly entityNamePlural: string
    readonly columns: readonly {
      readonly key: string
      readonly name: string
      readonly type: string
      readonly url: string | null
    }[]
    readonly entities: readonly WireEntity[]
    readonly value: string | null
  }[]
}

/** Body of `POST /api/v1/quality/metrics/{id}/entities`; answers {@link WireMetricEntities}. */
export type WireJudging = {
  readonly sourceId: string
  readonly entityKeys: readonly string[]
  readonly status?: string
  readonly statusEndDate?: string | null
  readonly rationale?: string
}

/** Body of `PATCH /api/v1/quality/items/{kind}/{id}`; 409 with `current` where `expected` is no longer what is stored. */
export type WireAttributeEdit = {
  readonly attribute: string
  readonly value: unknown
  readonly expected?: unknown
}

/** Body of `PATCH /api/v1/quality/sources/{id}/parameters/{key}` */
export type WireParameterEdit = {
  readonly value: string | readonly string[]
  readonly scope: 'source' | 'metric' | 'subject' | 'report' | 'reports'
}

export type WireChange = {
  readonly id: number
  readonly at: string
  readonly author: string
  readonly description: string
}

/** `GET /api/v1/quality/items/{id}/changes?limit=&before=`: the latest first; `before` takes the id of the last one shown. */
export type WireChanges = { readonly items: readonly WireChange[]; readonly hasMore: boolean }

/** `GET /api/v1/quality/reports/{id}/deletions` */
export type WireDeletions = { readonly items: readonly (WireChange & { readonly isRestorable: boolean })[] }

/** `GET` and `PUT /api/v1/quality/reports/{id}/access` */
export type WireReportAccess = {
  readonly visibility: WireVisibility
  readonly userIds: readonly number[]
  readonly groupIds: readonly number[]
}

/** `GET /api/v1/quality/reports/{id}/links`; `POST` with `{name}` answers one with its `secret`, shown once. */
export type WireReportLink = {
  readonly id: number
  readonly name: string
  readonly createdAt: string
  readonly revokedAt: string | null
}

/** Events of `GET /api/v1/quality/events?report=`: `report` when one changed, `metric` when one was measured. */
export type WireQualityEvent = { readonly id: string }
