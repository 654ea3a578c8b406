/** How far a sample of the demonstration has come. */
export type DemoStage = 'due' | 'received' | 'submitted' | 'verified' | 'published'

export type DemoSample = {
  readonly id: string
  /** number of the client */
  readonly client: 1 | 2 | 3 | 4 | 5
  readonly services: readonly string[]
  readonly stage: DemoStage
  readonly partitions?: number
  readonly expired?: boolean
}

const METALS = ['Ca', 'Cu', 'Mg', 'Zn']
const FEED = ['DM', 'CaCO3', 'Moist']
const WATER = ['pH', 'EC', 'Ca', 'Mg']

/**
 * Samples by identifier. Exactly 35 samples are in `sample_received`; the first ten by
 * identifier are those of the users' document.
 */
export const SAMPLES: readonly DemoSample[] = [
  { id: 'AP-0001', client: 3, services: METALS, stage: 'received', partitions: 3 },
  { id: 'BAR-0001', client: 1, services: FEED, stage: 'received' },
  { id: 'BR-0001', client: 5, services: FEED, stage: 'received' },
  { id: 'BR-0002', client: 1, services: FEED, stage: 'submitted' },
  { id: 'CN-0001', client: 3, services: METALS, stage: 'received' },
  { id: 'CN-0002', client: 4, services: METALS, stage: 'verified' },
  { id: 'CN-0003', client: 1, services: METALS, stage: 'submitted' },
  { id: 'CN-0004', client: 3, services: METALS, stage: 'published' },
  { id: 'DU-0001', client: 2, services: METALS, stage: 'received' },
  { id: 'DU-0002', client: 2, services: METALS, stage: 'published' },
  // its material is expired, so that it is none of the 35
  { id: 'BAR-0014', client: 5, services: FEED, stage: 'received', expired: true },
  { id: 'DU-0003', client: 4, services: METALS, stage: 'received' },
  { id: 'H2O-0001', client: 2, services: WATER, stage: 'published' },
  { id: 'H2O-0002', client: 1, services: WATER, stage: 'submitted' },
  { id: 'H2O-0003', client: 1, services: WATER, stage: 'received' },
  { id: 'W13-0001', client: 1, services: WATER, stage: 'received' },
  ...Array.from({ length: 20 }, (_, index): DemoSample => {
    const stages: readonly DemoStage[] = ['received', 'published', 'submitted', 'verified', 'published']
    const clients = [1, 2, 3, 4, 5] as const
    return {
      id: `W13-${String(index + 2).padStart(4, '0')}`,
      client: clients[index % clients.length] ?? 1,
      services: index % 3 === 0 ? METALS : WATER,
      stage: stages[index % stages.length] ?? 'received',
    }
  }),
  { id: 'AP1-0001', client: 1, services: ['Cu', 'Mg', 'Zn'], stage: 'due' },
  { id: 'AP1-0002', client: 2, services: METALS, stage: 'due' },
  { id: 'H2O-0004', client: 4, services: WATER, stage: 'due' },
]
