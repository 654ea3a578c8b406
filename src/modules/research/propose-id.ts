import { type Context, requirePermission } from '../../context.ts'
import { proposeSampleId } from './domain/sample-id.ts'
import { findLivingSample } from './store/samples.ts'

const MOST_SECONDS = 600

/** The id that a sample registered now would get: the next second whose id is free. */
export async function findNextSampleId(
  ctx: Context,
  instituteId: number,
  methodId: number | null,
): Promise<string> {
  requirePermission(ctx, 'research.access')
  const now = ctx.now().getTime()
  for (let seconds = 0; seconds < MOST_SECONDS; seconds += 1) {
    const id = proposeSampleId(new Date(now - seconds * 1000), instituteId, methodId)
    if ((await findLivingSample(ctx.db, id)) === undefined) return id
  }
  return proposeSampleId(new Date(now), instituteId, methodId)
}
