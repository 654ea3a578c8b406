import type { Context } from '../../context.ts'
import { doTransition } from '../../modules/lims/do-transition.ts'
import { enterResults } from '../../modules/lims/enter-results.ts'
import { seedCounter } from '../../modules/lims/identifier-counters.ts'
import { analysis } from '../../modules/lims/records/analysis.ts'
import { request } from '../../modules/lims/records/request.ts'
import { sample } from '../../modules/lims/records/sample.ts'
import { type RegisteredSample, registerSamples } from '../../modules/lims/register-samples.ts'
import { actingAt } from '../machine-qa/seed-programme.ts'
import { seededRandom, seedOf } from '../random.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import { type DemoSample, SAMPLES } from './samples.data.ts'
import { type DemoSetUp, seedSetUp } from './seed-set-up.ts'
import { SERVICES } from './set-up.data.ts'

const DAY_MS = 86_400_000

/** What nothing of the demonstration is calculated by. */
const NO_CALCULATIONS = { evaluate: () => Promise.reject(new Error('the demonstration calculates nothing')) }

/** Fills the laboratory with clients, set-up and samples in every state. */
export async function seedLims(ctx: Context, people: DemoPeople): Promise<void> {
  const now = ctx.now()
  const opened = actingAt(ctx, people.actor('labmanager'), new Date(now.getTime() - 60 * DAY_MS))
  const setUp = await seedSetUp({ ...opened, now: () => now }, people)
  for (const [index, declared] of SAMPLES.entries()) {
    // the oldest are the furthest
    const at = new Date(now.getTime() - (2 + SAMPLES.length - index) * (DAY_MS / 2))
    await seedSample({ ctx, people, setUp, at }, declared)
  }
}

type Seeding = {
  readonly ctx: Context
  readonly people: DemoPeople
  readonly setUp: DemoSetUp
  readonly at: Date
}

async function seedSample(seeding: Seeding, declared: DemoSample): Promise<void> {
  const { ctx, people, setUp, at } = seeding
  const [prefix = '', number = ''] = declared.id.split('-')
  await seedCounter(actingAt(ctx, people.actor('labmanager'), at), `sample-${prefix}-`, Number(number) - 1)
  const clerk = actingAt(ctx, people.actor('clerk'), at)
  const [made] = await registerSamples(clerk, [
    {
      client: setUp.clients[declared.client - 1]?.id ?? 0,
      contact: setUp.contacts[declared.client - 1] ?? 0,
      sampleType: setUp.sampleTypes.get(prefix) ?? 0,
      samplingDate: new Date(at.getTime() - DAY_MS),
      dateSampled: new Date(at.getTime() - DAY_MS),
      services: declared.services.flatMap((keyword) => setUp.services.get(keyword) ?? []),
      partitions: Array.from({ length: declared.partitions ?? 1 }, (_, index) => ({
        container: setUp.containers[index] ?? null,
      })),
    },
  ])
  if (made?.sample.objectId !== declared.id)
    throw new Error(`the demonstration made ${made?.sample.objectId} instead of ${declared.id}`)
  await bringOn(seeding, declared, made)
}

const STAGES = ['due', 'received', 'submitted', 'verified', 'published'] as const

async function bringOn(
  { ctx, people, at }: Seeding,
  declared: DemoSample,
  made: RegisteredSample,
): Promise<void> {
  const reached = STAGES.indexOf(declared.stage)
  const later = (hours: number) => new Date(Math.min(at.getTime() + hours * 3_600_000, ctx.now().getTime()))
  const about = [{ record: request.name, id: made.requestId }]
  if (reached >= 1) await doTransition(actingAt(ctx, people.actor('clerk'), later(2)), about, 'receive')
  if (declared.expired)
    await doTransition(
      actingAt(ctx, people.actor('labmanager'), later(3)),
      [{ record: sample.name, id: made.sampleId }],
      'expire',
    )
  if (reached >= 2) {
    const analyst = actingAt(ctx, people.actor('analyst'), later(20))
    await enterResults(
      analyst,
      NO_CALCULATIONS,
      made.analyses.map(({ id, keyword }) => ({
        id,
        result: madeUpResult(declared.id, keyword),
        analyst: 'analyst',
      })),
    )
    await doTransition(
      analyst,
      made.analyses.map(({ id }) => ({ record: analysis.name, id })),
      'submit',
    )
  }
  if (reached >= 3) await doTransition(actingAt(ctx, people.actor('verifier'), later(26)), about, 'verify')
  if (reached >= 4) await doTransition(actingAt(ctx, people.actor('publisher'), later(28)), about, 'publish')
}

/** Around what is usual, the same on every run. */
function madeUpResult(id: string, keyword: string): string {
  const known = SERVICES.find((each) => each.keyword === keyword)
  const random = seededRandom(seedOf(id, keyword))
  return ((known?.typical ?? 1) * (1 + 0.08 * random.normal())).toFixed((known?.precision ?? 1) + 1)
}
