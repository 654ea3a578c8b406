/** What one service asks of its container (specification 1.13). */
export type PartitionNeed = {
  readonly service: string
  readonly separate: boolean
  /** UIDs of containers that would do, smallest first; any where empty */
  readonly containers: readonly string[]
  /** UIDs of preservations that would do; any where empty */
  readonly preservations: readonly string[]
  readonly volumeMl: number
}

export type PlannedPart = {
  readonly services: readonly string[]
  readonly separate: boolean
  readonly containers: readonly string[]
  readonly preservations: readonly string[]
  readonly volumeMl: number
}

/**
 * Puts services into as few containers as their needs allow: each joins the first part whose containers and preservations
 * they share and whose containers hold both.
 *
 * @param capacityMl of containers, by UID
 */
export function planParts(
  needs: readonly PartitionNeed[],
  capacityMl: ReadonlyMap<string, number>,
): readonly PlannedPart[] {
  const parts: PlannedPart[] = []
  for (const need of needs) {
    const at = need.separate ? -1 : parts.findIndex((part) => joined(part, need, capacityMl) !== undefined)
    const part = parts[at]
    const both = part && joined(part, need, capacityMl)
    if (both) parts[at] = both
    else parts.push({ ...need, services: [need.service] })
  }
  return parts
}

function joined(
  part: PlannedPart,
  need: PartitionNeed,
  capacityMl: ReadonlyMap<string, number>,
): PlannedPart | undefined {
  if (part.separate) return undefined
  const containers = shared(part.containers, need.containers)
  const preservations = shared(part.preservations, need.preservations)
  const volumeMl = part.volumeMl + need.volumeMl
  const large = containers?.filter((uid) => (capacityMl.get(uid) ?? 0) >= volumeMl)
  if (!containers || !large || !preservations || (containers.length > 0 && large.length === 0))
    return undefined
  return {
    services: [...part.services, need.service],
    separate: false,
    containers: large,
    preservations,
    volumeMl,
  }
}

/** What both allow; undefined where nothing is left. An empty list allows anything. */
function shared(a: readonly string[], b: readonly string[]): readonly string[] | undefined {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const both = a.filter((each) => b.includes(each))
  return both.length > 0 ? both : undefined
}

const MILLILITRES: Readonly<Record<string, number>> = {
  ml: 1,
  l: 1000,
  cl: 10,
  dl: 100,
  ul: 0.001,
  m3: 1_000_000,
}

/** Millilitres in a text such as `10 ml`; 0 for one that cannot be read. */
export function millilitres(text: unknown): number {
  const match = /^\s*([\d.]+)\s*([A-Za-z]\w*)?\s*$/.exec(String(text ?? ''))
  const amount = Number(match?.[1] ?? 0)
  return Number.isFinite(amount) ? amount * (MILLILITRES[(match?.[2] ?? 'ml').toLowerCase()] ?? 1) : 0
}
