/** The nine states that the whole application shows alike. */
export type StatusToken = 'ok' | 'warn' | 'act' | 'none' | 'todo' | 'late' | 'debt' | 'void' | 'unknown'

/** Something that waits for a person. */
export type ForYouItem = {
  /** what kind of thing it is, in words of its module: `Test list`, `Failed job` */
  readonly kind: string
  readonly token: StatusToken
  readonly title: string
  readonly detail?: string
  readonly dueAt?: Date
  /** web path of the page that deals with it */
  readonly path: string
  /** verb of its button: `Perform`, `Review` */
  readonly action?: string
}

/** What nobody may miss comes first, what merely informs last. */
const URGENCY: Readonly<Record<StatusToken, number>> = {
  act: 0,
  late: 1,
  todo: 2,
  warn: 3,
  unknown: 4,
  debt: 5,
  none: 6,
  ok: 7,
  void: 8,
}

/** By urgency of the state, then by when it is due (without a date last), then by title. */
export function byUrgency(left: ForYouItem, right: ForYouItem): number {
  return (
    URGENCY[left.token] - URGENCY[right.token] ||
    compareNumbers(left.dueAt?.getTime() ?? Infinity, right.dueAt?.getTime() ?? Infinity) ||
    compareTexts(left.title, right.title)
  )
}

/** Unlike a difference, right for infinities too. */
function compareNumbers(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1
}

function compareTexts(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1
}
