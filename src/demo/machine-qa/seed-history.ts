import type { Context } from '../../context.ts'
import type { ImportedSession } from '../../modules/machine-qa/domain/imported-session.ts'
import { importSessions } from '../../modules/machine-qa/import-sessions.ts'
import { status } from '../../modules/machine-qa/records/status.ts'
import { type Random, seededRandom, seedOf } from '../random.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import type { DemoTest } from './demo-test.ts'
import { type DemoStatuses, madeUpSession, type Performing, type Reviewing } from './made-up-session.ts'
import { CYCLE, LISTS, UNFINISHED } from './programme.ts'
import { idOf } from './seed-department.ts'
import { type AssignedWork, type DemoProgramme, idsByName } from './seed-programme.ts'
import type { DemoComparisons } from './seed-references.ts'
import { type SessionDate, sessionDates } from './session-dates.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Sessions in which the first reading goes wrong and is repeated. */
const WRONG = 0.006
const WRONG_BY = 0.955
/** Reviewers need up to so many days. */
const REVIEW_DAYS = 12

type History = {
  readonly ctx: Context
  readonly people: DemoPeople
  readonly programme: DemoProgramme
  readonly comparisons: DemoComparisons
  readonly statuses: DemoStatuses
  readonly days: number
}

/** Performs the programme for the last days. @returns how many sessions that made */
export async function seedHistory(parts: Omit<History, 'statuses'>): Promise<number> {
  const names = await idsByName(parts.ctx, status)
  const statuses = {
    unreviewed: idOf(names, 'Unreviewed'),
    approved: idOf(names, 'Approved'),
    rejected: idOf(names, 'Rejected'),
  }
  const history = { ...parts, statuses }
  const sessions = parts.programme.assignments.flatMap((work) => [
    ...sessionsOf(history, work),
    ...unfinishedOf(history, work),
  ])
  // ids in the order in which the work was done
  const ordered = sessions.toSorted((a, b) => a.workCompleted.getTime() - b.workCompleted.getTime())
  const ids = await importSessions(parts.ctx, ordered)
  return ids.length
}

function sessionsOf(history: History, work: AssignedWork): ImportedSession[] {
  const { ctx, days } = history
  const dates = sessionDates(work.declared, work.unitNumber, { now: ctx.now(), zone: ctx.zone, days })
  const sessions: ImportedSession[] = []
  let dueDate: Date | null = null
  for (const [index, date] of dates.entries()) {
    for (const session of sessionsOn(history, work, date, index)) sessions.push({ ...session, dueDate })
    dueDate = dates[index + 1]?.completed ?? null
  }
  return sessions
}

/** One session, or a wrong one and its repetition. */
function sessionsOn(
  history: History,
  work: AssignedWork,
  date: SessionDate,
  index: number,
): ImportedSession[] {
  const random = seededRandom(seedOf('session', work.declared.work, work.unitNumber, date.daysAgo))
  const performing = performingOf(history, work, date, index, random)
  const needsDays = 1 + random.below(REVIEW_DAYS)
  const isWrong =
    date.daysAgo > 2 && performing.tests.some(({ signal }) => signal?.dividedBy) && random.chance(WRONG)
  const review = reviewingOf(history, performing, needsDays)
  if (!isWrong) return [make(history, performing, review)]
  const repeated = { ...performing, completed: new Date(date.completed.getTime() + 40 * MINUTE_MS) }
  return [
    make(
      history,
      { ...performing, error: WRONG_BY, comment: 'Chamber was not warmed up. Repeated.' },
      () => ({ by: history.people.actor('physicist').id, at: repeated.completed, as: 'rejected' }),
    ),
    make(history, repeated, review),
  ]
}

function make(history: History, performing: Performing, review: (needsReview: boolean) => Reviewing) {
  return madeUpSession(performing, history.comparisons, history.statuses, review)
}

function reviewingOf(
  { ctx, people }: History,
  { completed, performerId }: Performing,
  needsDays: number,
): () => Reviewing {
  const at = new Date(completed.getTime() + needsDays * DAY_MS)
  const physicist = people.actor('physicist').id
  // nobody reviews what they did themselves
  const by = performerId === physicist ? people.actor('reviewer').id : physicist
  return () => ({ by: at < ctx.now() ? by : null, at, as: 'approved' })
}

function performingOf(
  { ctx, people, programme }: History,
  { id, unitId, unitNumber, declared }: AssignedWork,
  { completed, daysAgo }: SessionDate,
  index: number,
  random: Random,
): Performing {
  const { minutes = 10, by = ['user'] } = declared.done ?? {}
  const isCycle = declared.work === CYCLE.name
  const day = isCycle ? index % CYCLE.lists.length : 0
  const listName = isCycle ? (CYCLE.lists[day] ?? '') : declared.work
  return {
    assignmentId: id,
    testListId: idOf(programme.lists, listName),
    day,
    unitId,
    unitNumber,
    tests: testsOfList(listName),
    minutes,
    performerId: people.actor(random.pick(by)).id,
    inProgress: false,
    comment: null,
    completed,
    daysAgo,
    zone: ctx.zone,
    random,
    error: 1,
  }
}

/** Work that was begun some hours ago and is not finished. */
function unfinishedOf(history: History, work: AssignedWork): ImportedSession[] {
  const { ctx, people } = history
  return UNFINISHED.filter((one) => one.work === work.declared.work && one.unit === work.unitNumber).map(
    ({ by }, index) => {
      const completed = new Date(ctx.now().getTime() - 2 * HOUR_MS)
      const random = seededRandom(seedOf('unfinished', work.declared.work, work.unitNumber))
      const performing = performingOf(history, work, { completed, daysAgo: 0 }, index, random)
      const nobody = () => ({ by: null, at: completed, as: 'approved' as const })
      return make(history, { ...performing, inProgress: true, performerId: people.actor(by).id }, nobody)
    },
  )
}

const listsByName = new Map(LISTS.map((list) => [list.name, list]))

/** The tests of a list in the order of performing: those of its sublists come first. */
function testsOfList(name: string): readonly DemoTest[] {
  const list = listsByName.get(name)
  if (!list) throw new Error(`the demonstration has no list ${name}`)
  return [...(list.sublists ?? []).flatMap(testsOfList), ...list.tests]
}
